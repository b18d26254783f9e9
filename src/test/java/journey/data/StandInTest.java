package journey.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
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
    var neuron = trainedNeuron(standardized.apply(train), Targets.oneAgainstRest(train, 0));

    INDArray outputs = standardized.apply(test).mmul(neuron.weights()).addi(neuron.bias());
    INDArray targets = Targets.oneAgainstRest(test, 0);
    int right = 0;
    for (int i = 0; i < test.size(); i++) {
      right += outputs.getFloat(i, 0) > 0 == targets.getFloat(i, 0) > 0.5 ? 1 : 0;
    }
    double accuracy = (double) right / test.size();

    // The majority class is 0.9 exactly; 0.915 is more than two standard errors above.
    assertTrue(accuracy > 0.915 && accuracy < 0.99, "accuracy " + accuracy);
  }

  private record LinearModel(INDArray weights, double bias) {}

  private static LinearModel trainedNeuron(INDArray inputs, INDArray targets) {
    INDArray weights = Nd4j.zeros(DataType.FLOAT, inputs.columns(), 1);
    double bias = 0;
    var batches = new MiniBatches(inputs, targets, 50, 1);
    for (int epoch = 1; epoch <= 6; epoch++) {
      for (DataSet batch : batches.epoch(epoch)) {
        INDArray output = Transforms.sigmoid(batch.getFeatures().mmul(weights).addi(bias), false);
        INDArray error = output.subi(batch.getLabels());
        weights.subi(batch.getFeatures().transpose().mmul(error).muli(0.003 / batch.numExamples()));
        bias -= 0.03 * error.meanNumber().doubleValue();
      }
    }
    return new LinearModel(weights, bias);
  }
}
