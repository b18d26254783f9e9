package journey.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import journey.metrics.BinaryPredictions;
import journey.metrics.ThresholdSweep;
import journey.metrics.TrainingHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

class ChartsTest {

  private static final int MOST_BYTES = 100_000;

  @Test
  void learningCurvesShowEachPartInItsColour() {
    var picture = new Picture(LearningCurves.of(history(30)).baseline("loss", "coin", .69).draw());
    assertEquals(Theme.WIDTH, picture.image().getWidth());
    for (Color colour : List.of(Theme.TRAIN, Theme.VALIDATION, Theme.REFERENCE)) {
      assertTrue(picture.count(colour) > 100, colour.toString());
    }
    assertEquals(0, picture.count(Theme.TEST));
    assertTrue(picture.pngBytes() < MOST_BYTES);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 20, 60})
  void theLastEpochStandsAtItsTick(int epochs) {
    var history = new TrainingHistory();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      history.add(epoch, Map.of("train loss", 1.0 / epoch));
    }
    var plot = leftPlot(LearningCurves.of(history).draw());
    assertEquals(plot.rightmostLine(), plot.rightmost(Theme.TRAIN), 3);
  }

  @Test
  void theAxisStaysWhileTheCurveGrows() {
    var whole = leftPlot(LearningCurves.of(history(20)).draw());
    var half = leftPlot(LearningCurves.of(history(10)).until(20).draw());
    assertEquals(whole.rightmostLine(), half.rightmostLine());
    assertTrue(half.rightmost(Theme.TRAIN) < whole.rightmost(Theme.TRAIN) - 100);
  }

  @Test
  void aRangeThatIsSetIsTheSameForAllCurves() {
    var low = new TrainingHistory().add(1, Map.of("train accuracy", .1));
    var high = new TrainingHistory().add(1, Map.of("train accuracy", .9));
    int apart = topOf(Theme.TRAIN, low) - topOf(Theme.TRAIN, high);
    assertTrue(apart > 100, apart + " pixels apart");
    assertThrows(
        IllegalArgumentException.class, () -> LearningCurves.of(low).range("accuracy", 1, 0));
  }

  private static int topOf(Color colour, TrainingHistory history) {
    BufferedImage image = LearningCurves.of(history).range("accuracy", 0, 1).draw();
    return IntStream.range(0, image.getHeight())
        .filter(y -> new Picture(image).part(0, y, 400, y + 1).count(colour) > 0)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theLearningRateHasANarrowPanel() {
    var history = new TrainingHistory();
    for (int epoch = 1; epoch <= 20; epoch++) {
      history.add(epoch, 1.0 / epoch, 1.1 / epoch, epoch / 20.0, epoch / 21.0, epoch / 100.0);
    }
    var picture = new Picture(LearningCurves.of(history).draw());
    assertEquals(Theme.WIDTH, picture.image().getWidth());
    Picture last = picture.part(690, 0, Theme.WIDTH, picture.image().getHeight());
    assertTrue(last.count(Theme.REFERENCE) > 100);
    assertEquals(0, last.count(Theme.TRAIN));
    assertTrue(picture.part(340, 0, 680, 330).count(Theme.VALIDATION) > 100, "accuracy");
  }

  @Test
  void aDivergedTrainingIsDrawnAsFarAsItGoes() {
    var history = history(1).add(2, Double.NaN, Double.POSITIVE_INFINITY, .1, .1);
    assertTrue(new Picture(LearningCurves.of(history).draw()).count(Theme.TRAIN) > 0);
    var nothing = new TrainingHistory().add(1, Map.of("train loss", Double.NaN));
    assertEquals(0, new Picture(LearningCurves.of(nothing).draw()).count(Theme.TRAIN));
    assertThrows(
        IllegalStateException.class, () -> LearningCurves.of(new TrainingHistory()).draw());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aRecallOfOneStandsAtTheTickOfOne(int positiveClass) {
    // Everything is taken for the class there, so its recall is 1.
    double all = positiveClass == 1 ? 0 : 1.1;
    var figure =
        PrecisionRecallFigure.of(positiveClass).curve("first", sweep()).curve("second", flat());
    var picture = new Picture(figure.mark("all", all).draw());
    Picture plot = picture.part(0, 45, 580, 360);
    assertEquals(plot.rightmostLine(), plot.rightmost(Theme.ofGroup(1)) - 6, 3);
    assertTrue(picture.count(Theme.ofGroup(0)) > 300);
    assertTrue(picture.pngBytes() < MOST_BYTES);
  }

  @Test
  void aThresholdWithoutPrecisionIsNotDrawn() {
    var figure = PrecisionRecallFigure.of(1).curve("every threshold", sweep());
    assertTrue(new Picture(figure.mark("none", 1.1).draw()).count(Theme.ofGroup(0)) > 300);
  }

  @Test
  void twoEqualCurvesMayHaveTheSameMarks() {
    var figure = PrecisionRecallFigure.of(0).curve("one", sweep()).mark("default", .5);
    figure.curve("another", sweep()).mark("default", .5).draw();
    assertThrows(IllegalArgumentException.class, () -> figure.curve("one", sweep()));
    assertThrows(IllegalStateException.class, () -> PrecisionRecallFigure.of(0).draw());
    assertThrows(IllegalStateException.class, () -> PrecisionRecallFigure.of(0).mark("a", .5));
  }

  @Test
  void aClassThatDoesNotOccurHasNoPrecisionRecallFigure() {
    var ones = BinaryPredictions.of(Nd4j.ones(1), Nd4j.ones(1), "airplane", "rest").sweep();
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> PrecisionRecallFigure.of(0).curve("a", ones));
    assertTrue(error.getMessage().contains("airplane"), error.getMessage());
  }

  @Test
  void barsAreAsLongAsTheCounts() {
    var picture =
        new Picture(ClassCounts.of("pictures", List.of("a", "b"), new int[] {100, 300}).draw());
    assertEquals(
        3.0, (double) picture.count(Theme.ofClass(1)) / picture.count(Theme.ofClass(0)), .02);
    assertThrows(
        IllegalArgumentException.class,
        () -> ClassCounts.of("pictures", List.of("a"), new int[] {1, 2}));
    assertThrows(
        IllegalArgumentException.class,
        () -> ClassCounts.of("pictures", List.of("a"), new int[] {0}));
  }

  @Test
  void slopesAreDrawnWhateverTheirSize() {
    double[] slopes = new Random(3).doubles(200, -1e-6, 1e-6).toArray();
    var picture = new Picture(GradientScatter.of(slopes, slopes).draw());
    assertTrue(picture.colours() > 20);
    assertTrue(picture.pngBytes() < MOST_BYTES);
    assertEquals(
        picture.image().getWidth(),
        GradientScatter.of(new double[] {0}, new double[] {0}).draw().getWidth());
    assertThrows(
        IllegalArgumentException.class,
        () -> GradientScatter.of(new double[] {1}, new double[] {1, 2}));
  }

  private static Picture leftPlot(BufferedImage curves) {
    return new Picture(curves).part(0, 40, Theme.WIDTH / 2, 240);
  }

  private static TrainingHistory history(int epochs) {
    var history = new TrainingHistory();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      double left = Math.exp(-epoch / 5.0);
      history.add(epoch, .3 + left, .35 + left, .9 - left / 3, .88 - left / 3);
    }
    return history;
  }

  /** A classifier that says the same to all. */
  private static ThresholdSweep flat() {
    return BinaryPredictions.of(
            Nd4j.createFromArray(0, 0, 1), Nd4j.createFromArray(.5, .5, .5), "airplane", "rest")
        .sweep();
  }

  private static ThresholdSweep sweep() {
    var random = new Random(1);
    int n = 5_000;
    int[] labels = IntStream.range(0, n).map(i -> i % 10 == 0 ? 0 : 1).toArray();
    double[] probabilities =
        IntStream.range(0, n)
            .mapToDouble(i -> 1 / (1 + Math.exp(-1.2 - 1.5 * labels[i] - random.nextGaussian())))
            .toArray();
    return BinaryPredictions.of(
            Nd4j.createFromArray(labels), Nd4j.createFromArray(probabilities), "airplane", "rest")
        .sweep();
  }
}
