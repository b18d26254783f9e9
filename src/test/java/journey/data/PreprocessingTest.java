package journey.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class PreprocessingTest {

  private static final int PLANE = 1024;

  @Test
  void unitScalingDividesBy255() {
    INDArray scaled = Preprocessing.unitScaling().apply(RandomImages.plain(new int[] {0, 51, 255}));

    assertArrayEquals(new long[] {1, 3072}, scaled.shape());
    assertEquals(0f, scaled.getFloat(0, 0));
    assertEquals(0.2f, scaled.getFloat(0, PLANE));
    assertEquals(1f, scaled.getFloat(0, 2 * PLANE));
  }

  @Test
  void standardizerHasMeanAndDeviationOfEachChannel() {
    var fitted =
        ChannelStandardizer.fit(
            RandomImages.plain(new int[] {0, 102, 255}, new int[] {255, 204, 255}));

    assertFigures(List.of(0.5, 0.6, 1.0), fitted.means());
    assertFigures(List.of(0.5, 0.2, 0.0), fitted.standardDeviations());
  }

  private static void assertFigures(List<Double> expected, List<Double> found) {
    for (int channel = 0; channel < 3; channel++) {
      assertEquals(expected.get(channel), found.get(channel), 1e-15);
    }
  }

  @Test
  void whatTheStandardizerWasFittedOnGetsMeanZeroAndDeviationOne() {
    Property.holds(
        random -> {
          ImageShape shape = RandomImages.shapes().get(random.nextInt(3));
          LabeledImages train = RandomImages.of(shape, 1 + random.nextInt(30), 3, random);
          INDArray standardized = ChannelStandardizer.fit(train).apply(train);
          assertEquals(DataType.FLOAT, standardized.dataType());
          long[] byChannel = {train.size(), shape.channels(), shape.pixels()};
          INDArray values = standardized.castTo(DataType.DOUBLE).reshape(byChannel);
          for (int channel = 0; channel < shape.channels(); channel++) {
            INDArray ofChannel = values.slice(channel, 1);
            assertEquals(0, ofChannel.meanNumber().doubleValue(), 1e-6);
            assertEquals(1, ofChannel.mul(ofChannel).meanNumber().doubleValue(), 1e-6);
          }
        });
  }

  @Test
  void otherPicturesAreStandardizedWithTheFiguresOfTraining() {
    var fitted =
        ChannelStandardizer.fit(RandomImages.plain(new int[] {0, 0, 9}, new int[] {102, 51, 9}));
    INDArray other = fitted.apply(RandomImages.plain(new int[] {255, 255, 255}));

    assertEquals((1 - 0.2) / 0.2, other.getDouble(0, 0), 1e-6);
    assertEquals((1 - 0.1) / 0.1, other.getDouble(0, PLANE), 1e-6);
  }

  @Test
  void aChannelOfOneValueBecomesZero() {
    LabeledImages grey = RandomImages.plain(new int[] {7, 7, 7}, new int[] {7, 7, 7});

    assertEquals(0, ChannelStandardizer.fit(grey).apply(grey).amaxNumber().doubleValue());
  }

  @Test
  void refusesToFitOnNothing() {
    LabeledImages none = RandomImages.of(5, 2, new Random(3)).first(0);

    assertThrows(IllegalArgumentException.class, () -> ChannelStandardizer.fit(none));
  }

  @Test
  void needsTwoNumbersPerChannel() {
    List<Double> three = List.of(0.1, 0.2, 0.3);
    refuses("there are 3 and 2", () -> new ChannelStandardizer(three, List.of(0.1, 0.2)));
    for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      refuses("must be finite", () -> new ChannelStandardizer(List.of(wrong), List.of(0.1)));
      refuses("must be finite", () -> new ChannelStandardizer(List.of(0.1), List.of(wrong)));
    }
    refuses("at least 0", () -> new ChannelStandardizer(List.of(0.1), List.of(-0.1)));
    LabeledImages grey = RandomImages.of(new ImageShape(1, 28), 5, 2, new Random(3));
    refuses("these are of 28x28x1", () -> new ChannelStandardizer(three, three).apply(grey));
  }

  private static void refuses(String reason, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(reason), message);
  }
}
