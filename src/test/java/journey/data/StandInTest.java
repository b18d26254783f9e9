package journey.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import journey.nn.Neuron;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.ops.transforms.Transforms;

class StandInTest {

  @Test
  void hasTheClassesOfCifar10() {
    assertEquals(
        "airplane automobile bird cat deer dog frog horse ship truck",
        String.join(" ", StandIn.generate(1, 1).classNames()));
  }

  @Test
  void classesAreBalancedAndShuffled() {
    LabeledImages images = StandIn.generate(205, 1);
    int[] counts = images.countPerClass();

    assertEquals(205, images.size());
    assertTrue(IntStream.of(counts).allMatch(n -> n == 20 || n == 21), Arrays.toString(counts));
    int[] firstTen = images.first(10).labels();
    assertTrue(
        IntStream.range(1, 20)
            .anyMatch(
                block ->
                    !Arrays.equals(
                        firstTen,
                        Arrays.copyOfRange(images.labels(), 10 * block, 10 * block + 10))));
  }

  @Test
  void theSeedDecides() {
    assertEquals(StandIn.generate(60, 42).sha256(), StandIn.generate(60, 42).sha256());
    assertNotEquals(StandIn.generate(60, 42).sha256(), StandIn.generate(60, 43).sha256());
  }

  @Test
  void aPictureDoesNotDependOnHowManyThereAre() {
    LabeledImages many = StandIn.generate(120, 5);

    Property.holds(
        random -> {
          int count = 1 + random.nextInt(119);
          LabeledImages few = StandIn.generate(count, 5);
          assertArrayEquals(many.first(count).labels(), few.labels());
          assertEquals(
              many.subset(new int[] {count - 1}).sha256(),
              few.subset(new int[] {count - 1}).sha256());
        });
  }

  /** Computed on x86-64: arithmetic alone, so it holds everywhere. */
  @Test
  void everyMachineGeneratesTheSame() {
    assertEquals(
        "bb37bc9a5abb891bf3ba2dfb072b7416ff2c9c0ef606343d38e5b7e4761bdff6",
        StandIn.generate(100, 1).sha256());
    assertEquals(
        "2e3c902412b900bbe3e5c1af280afe2b709d593f65e73f4543427a02c3b18bf1",
        StandIn.generate(new ImageShape(1, 28), 100, 1).sha256());
  }

  @Test
  void greyIsTheMeanOfRedGreenAndBlueAndASideShowsTheSameScene() {
    LabeledImages colour = StandIn.generate(new ImageShape(3, 64), 20, 9);
    LabeledImages grey = StandIn.generate(new ImageShape(1, 32), 20, 9);
    assertArrayEquals(colour.labels(), grey.labels());
    for (int i = 0; i < 20; i++) {
      assertEquals(mean(colour, i), mean(grey, i), 6);
    }
  }

  private static double mean(LabeledImages images, int i) {
    int features = images.shape().features();
    return IntStream.range(0, features).map(f -> images.value(i, f)).average().orElseThrow();
  }

  @Test
  void noTwoPicturesAreAlike() {
    LabeledImages images = StandIn.generate(300, 3);
    long different =
        IntStream.range(0, 300)
            .mapToObj(i -> images.subset(new int[] {i}).sha256())
            .distinct()
            .count();

    assertEquals(300, different);
  }

  @Test
  void refusesANegativeCount() {
    assertThrows(IllegalArgumentException.class, () -> StandIn.generate(-1, 1));
  }

  @Test
  void aSingleNeuronTellsAirplanesBetterThanTheMajorityButNotPerfectly() {
    LabeledImages train = StandIn.generate(5000, 1);
    LabeledImages test = StandIn.generate(2000, 2);
    Preprocessing standardized = ChannelStandardizer.fit(train);
    INDArray inputs = standardized.apply(train);
    var neuron = new Neuron(inputs.columns(), DataType.FLOAT);
    neuron.bias().assign(2); // nine pictures in ten are of class 1
    var batches = new MiniBatches(inputs, Targets.oneAgainstRest(train, 0), 50, 1);
    for (int epoch = 1; epoch <= 6; epoch++) {
      for (DataSet batch : batches.epoch(epoch)) {
        neuron.step(batch.getFeatures(), batch.getLabels(), 0.003);
      }
    }
    INDArray outputs = neuron.activate(standardized.apply(test));
    INDArray errors = Transforms.abs(outputs.sub(Targets.oneAgainstRest(test, 0)));
    double accuracy = errors.lt(0.5).castTo(DataType.DOUBLE).meanNumber().doubleValue();

    // The majority class is 0.9 exactly; 0.915 is more than two standard errors above.
    assertTrue(accuracy > 0.915 && accuracy < 0.99, "accuracy " + accuracy);
  }
}
