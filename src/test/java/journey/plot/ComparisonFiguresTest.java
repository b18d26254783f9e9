package journey.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import journey.metrics.Calibration;
import journey.metrics.LearningRateSearch;
import journey.metrics.TrainingHistory;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ComparisonFiguresTest {

  private static final int MOST_BYTES = 100_000;

  @Test
  void anAxisMayCountOtherThingsThanEpochs() {
    var curves = BandCurves.of("accuracy").add("a", runs(2, 3, e -> e));
    BufferedImage epochs = curves.draw();
    BufferedImage trainings = curves.over("whole trainings").draw();
    Picture.assertFits(trainings);
    assertTrue(
        new Picture(trainings).count(Theme.TEXT) > new Picture(epochs).count(Theme.TEXT),
        "a longer name");
  }

  @Test
  void sixGroupsOfRunsShowInTheirColours() {
    var curves = BandCurves.of("accuracy");
    for (int g = 0; g < Theme.groups(); g++) {
      int group = g;
      curves.add("group " + g, runs(3, 20, e -> group / 10.0 + Math.sqrt(e) / 20));
    }
    var picture = new Picture(curves.draw());
    for (int g = 0; g < Theme.groups(); g++) {
      assertTrue(picture.count(Theme.ofGroup(g)) > 200, "group " + g);
    }
    assertFits(picture);
    assertMessage("none for \"g\"", () -> curves.add("g", runs(1, 20, e -> 1)));
  }

  @Test
  void theBandIsAsWideAsTheRunsAreApart() {
    assertTrue(bandPixels(.2) > 1.7 * bandPixels(.1));
    assertEquals(0, bandPixels(0), 400);
  }

  @Test
  void aCurveEndsWhereARunDiverged() {
    var diverged = runs(2, 20, e -> e > 10 ? Double.NaN : e / 20);
    var whole = runs(2, 20, e -> .5);
    Picture plot =
        aboveLegend(BandCurves.of("accuracy").add("whole", whole).add("half", diverged).draw());
    assertTrue(plot.rightmost(Theme.ofGroup(1)) < plot.rightmost(Theme.ofGroup(0)) - 200);
  }

  @Test
  void aLegendThatIsTooWideGoesOnInTheNextLine() {
    var one = BandCurves.of("accuracy");
    var many = BandCurves.of("accuracy");
    for (int g = 0; g < Theme.groups(); g++) {
      one.add("g" + g, runs(1, 3, e -> e));
      many.add("a name that needs much room " + g, runs(1, 3, e -> e));
    }
    int more = many.draw().getHeight() - one.draw().getHeight();
    assertTrue(more > 0, more + " pixels");
    Picture legend = new Picture(many.draw()).part(0, 380, Theme.WIDTH, many.draw().getHeight());
    for (int g = 0; g < Theme.groups(); g++) {
      assertEquals(24 * 4, legend.count(Theme.ofGroup(g)), "group " + g);
    }
  }

  @Test
  void eachSeriesHasAPanel() {
    var runs = List.of(history(20, Map.of("loss", e -> 1 / e, "accuracy", e -> e / 20)));
    BufferedImage picture = BandCurves.of("loss", "accuracy").add("SGD", runs).draw();
    assertFits(new Picture(picture));
    Color colour = Theme.ofGroup(0);
    int half = Theme.WIDTH / 2;
    Picture plots = aboveLegend(picture);
    int height = plots.image().getHeight();
    Picture loss = plots.part(0, 0, half, height);
    Picture accuracy = plots.part(half, 0, Theme.WIDTH, height);
    assertTrue(middle(loss, 100, colour) < middle(loss, half - 30, colour) - 100, "falling");
    assertTrue(middle(accuracy, 100, colour) > middle(accuracy, half - 30, colour) + 100, "rising");
    assertMessage("one series or more", () -> BandCurves.of());
  }

  @Test
  void curvesNameWhatDoesNotFit() {
    var curves = BandCurves.of("accuracy").add("a", runs(1, 3, e -> e));
    assertThrows(IllegalStateException.class, () -> BandCurves.of("accuracy").draw());
    assertMessage("\"a\" is there already", () -> curves.add("a", runs(1, 3, e -> e)));
    assertMessage(
        "[1, 2, 3] and another [1, 2]",
        () -> curves.add("b", List.of(runs(1, 3, e -> e).get(0), runs(1, 2, e -> e).get(0))));
    assertMessage("no series", () -> BandCurves.of("loss").add("a", runs(1, 3, e -> e)));
    assertMessage("\"c\" has no run", () -> curves.add("c", List.of()));
  }

  @Test
  void sizesThatShrinkByATenthFallByOneDecadeALayer() {
    var figure = DepthFigure.of("size");
    figure.add("same", layers(5, layer -> 1));
    figure.add("shrinking", layers(5, layer -> Math.pow(10, layer - 5)));
    BufferedImage picture = figure.draw();
    assertFits(new Picture(picture));
    Picture plot = aboveLegend(picture);
    Color colour = Theme.ofGroup(1);
    int left =
        IntStream.range(70, 300)
            .filter(x -> plot.countInColumn(x, colour) > 0)
            .findFirst()
            .orElseThrow();
    int right = plot.rightmost(colour);
    double[] heights =
        IntStream.rangeClosed(0, 4)
            .mapToDouble(q -> middle(plot, left + 5 + q * (right - left - 10) / 4, colour))
            .toArray();
    assertTrue(heights[0] > heights[4] + 200, "from the bottom to the top");
    for (int q = 1; q < heights.length; q++) {
      assertEquals((heights[0] - heights[4]) / 4.0, heights[q - 1] - heights[q], 6);
    }
  }

  @Test
  void twoLayersAndOneDecadeHaveTheirTicks() {
    Picture plot = aboveLegend(DepthFigure.of("size").add("a", layers(2, l -> l)).draw());
    assertTrue(plot.rightmostLine() > 800, "the line of layer 2");
    Picture labels = plot.part(28, 0, 54, 300);
    assertTrue(labels.count(Color.WHITE) < 26 * 300 - 50, "powers of ten");
  }

  @Test
  void zerosCountAndEndALineWhereThereIsNothingElse() {
    INDArray relu = Nd4j.createFromArray(0f, 0f, 0f, -2f);
    var both = DepthFigure.of("size").add("ones", layers(2, layer -> 1));
    Picture plot = aboveLegend(both.add("ReLU", List.of(relu, relu)).draw());
    assertTrue(plot.count(Theme.ofGroup(1)) > 100);
    assertEquals(0, plot.count(Theme.ofGroup(0)), 20, "a mean square of 1 as well");
    INDArray zeros = Nd4j.zeros(DataType.FLOAT, 3, 3);
    assertThrows(
        IllegalStateException.class, () -> DepthFigure.of("s").add("0", List.of(zeros)).draw());
    var dead = DepthFigure.of("s").add("dies", List.of(relu, relu, zeros, zeros)).draw();
    assertTrue(aboveLegend(dead).rightmost(Theme.ofGroup(0)) < 400);
  }

  @Test
  void panelsShareTheirScaleAndTheirColours() {
    BufferedImage picture =
        DepthFigure.of("size")
            .panel("left")
            .add("small", layers(3, layer -> 0.01))
            .add("large", layers(3, layer -> 10))
            .panel("right")
            .add("large", layers(3, layer -> 10))
            .draw();
    Picture plots = aboveLegend(picture);
    assertFits(new Picture(picture));
    Color large = Theme.ofGroup(1);
    int half = Theme.WIDTH / 2;
    assertEquals(middle(plots, half / 2, large), middle(plots, half + half / 2, large), 2);
    Picture right = plots.part(half, 0, Theme.WIDTH, plots.image().getHeight());
    assertEquals(0, right.count(Theme.ofGroup(0)));
    var figure = DepthFigure.of("size").panel("a").add("x", layers(1, layer -> 1));
    assertMessage("\"a\" already", () -> figure.panel("a"));
    assertMessage("\"x\" is there", () -> figure.add("x", layers(1, layer -> 1)));
  }

  @Test
  void aNumberThatIsNoneIsNamed() {
    INDArray nan = Nd4j.createFromArray(1f, Float.NaN);
    assertMessage(
        "layer 2 of \"tanh\"", () -> DepthFigure.of("s").add("tanh", List.of(Nd4j.ones(2), nan)));
    INDArray infinite = Nd4j.createFromArray(Double.NEGATIVE_INFINITY, 1);
    assertMessage("layer 1", () -> DepthFigure.of("s").add("tanh", List.of(infinite)));
    assertMessage("no layer", () -> DepthFigure.of("s").add("tanh", List.of()));
  }

  @Test
  void powersOfTenStandAtWholeExponents() {
    assertEquals("10⁻¹²", LogAxis.power(-12));
    assertEquals("10⁰", LogAxis.power(0));
    assertEquals("", LogAxis.power(.5));
    assertEquals(new LogAxis(-3, 0), LogAxis.around(-2.5, -.1));
    assertEquals(new LogAxis(-2, -1), LogAxis.around(-2, -2));
  }

  @Test
  void aCrossBelowTheCurvesMarksWhereATrainingDiverged() {
    var search = new LearningRateSearch();
    for (int k = -4; k <= -1; k++) {
      search.add("Adam", Math.pow(10, k), .5 - .05 * Math.abs(k + 3));
      search.add("SGD", Math.pow(10, k), k == -1 ? Double.NaN : .4 + .02 * k);
    }
    BufferedImage picture = SearchFigure.of(search.table()).draw();
    assertFits(new Picture(picture));
    Picture plot = plot(picture);
    Color sgd = Theme.ofGroup(1);
    int rightmost = plot.rightmost(sgd);
    assertEquals(plot.rightmost(Theme.ofGroup(0)), rightmost, 12);
    assertEquals(0, plot.countInColumn(rightmost - 40, sgd), "the curve ends before");
    assertTrue(middle(plot, rightmost - 4, sgd) > 250, "at the bottom");
    search.add("Nesterov", 1, Double.NaN);
    assertMessage("\"Nesterov\" needs", () -> SearchFigure.of(search.table()));
    assertThrows(
        IllegalArgumentException.class, () -> SearchFigure.of(new LearningRateSearch().table()));
  }

  @Test
  void calibrationShowsPointsAndCounts() {
    var random = new Random(2);
    double[] confidences = random.doubles(3_000, .1, 1).toArray();
    boolean[] right = new boolean[confidences.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = random.nextDouble() < confidences[i];
    }
    var picture = new Picture(CalibrationFigure.of(Calibration.of(confidences, right, 10)).draw());
    assertFits(picture);
    int half = Theme.WIDTH / 2;
    Picture bars = picture.part(half, 40, Theme.WIDTH, 330);
    assertTrue(bars.count(Theme.TRAIN) > 20_000, "nine bars of nearly the same height");
    assertTrue(picture.part(0, 40, half, 330).count(Theme.TRAIN) > 500, "points and intervals");
    // Underconfident and overconfident.
    assertTrue(written(picture.part(130, 60, 230, 130)) > 50, "above the diagonal");
    assertTrue(written(picture.part(280, 220, 410, 290)) > 50, "below it");
    var one = Calibration.of(new double[] {1}, new boolean[] {true}, 10);
    assertTrue(new Picture(CalibrationFigure.of(one).draw()).count(Theme.TRAIN) > 0);
  }

  @Test
  void theDiagramHasForwardAndBackward() {
    var picture = new Picture(NetworkDiagram.of(3072, 64, 1).names("a", "b", "c").draw());
    assertTrue(picture.count(Theme.TRAIN) > 1_000);
    assertTrue(picture.count(Theme.VALIDATION) > 300);
    assertFits(picture);
    var deeper = new Picture(NetworkDiagram.of(3072, 64, 32, 10).draw());
    assertTrue(deeper.count(Theme.TRAIN) > picture.count(Theme.TRAIN));
    var onlyForward = new Picture(NetworkDiagram.of(3072, 64, 1).forwardOnly().draw());
    assertEquals(0, onlyForward.count(Theme.VALIDATION));
    assertTrue(onlyForward.count(Theme.TRAIN) > 1_000);
    assertMessage("[3]", () -> NetworkDiagram.of(3));
    assertMessage("[3, 0]", () -> NetworkDiagram.of(3, 0));
    assertMessage("2 in all", () -> NetworkDiagram.of(3, 1).names("one"));
    assertMessage("1 in all", () -> NetworkDiagram.of(3, 1).activations("σ", "σ"));
  }

  @Test
  void lettersStandInTheCirclesOfTheirLayer() {
    var plain = new Picture(NetworkDiagram.of(2, 2, 1).draw());
    var named = new Picture(NetworkDiagram.of(2, 2, 1).letters(1, "A", "B").draw());
    assertEquals(0, plain.part(400, 60, 460, 230).count(Theme.TEXT));
    assertTrue(named.part(400, 60, 460, 230).count(Theme.TEXT) > 10);
    assertEquals(0, named.part(0, 60, 400, 230).count(Theme.TEXT));
    assertMessage("2 in all", () -> NetworkDiagram.of(2, 2, 1).letters(1, "A"));
    assertMessage("to 2, but found 3", () -> NetworkDiagram.of(2, 2, 1).letters(3, "A"));
  }

  /** The pixels of texts and lines on white. */
  private static int written(Picture part) {
    int all = part.image().getWidth() * part.image().getHeight();
    return all - part.count(Color.WHITE) - part.count(Theme.GRID);
  }

  private static double bandPixels(double apart) {
    var runs = List.of(runs(1, 10, e -> .5).get(0), runs(1, 10, e -> .5 + apart).get(0));
    // The second curve makes the axis reach from 0 to 1.
    var axis = runs(1, 10, e -> (e - 1) / 9);
    var picture = BandCurves.of("accuracy").add("a", runs).add("axis", axis).draw();
    Color seen = ColourScale.between(Color.WHITE, Theme.ofGroup(0), 46 / 255.0);
    return new Picture(picture).count(seen);
  }

  /** The mean row of a colour's pixels around a column. */
  private static double middle(Picture plot, int column, Color colour) {
    return IntStream.range(0, plot.image().getHeight())
        .filter(
            y ->
                IntStream.rangeClosed(column - 5, column + 5)
                    .anyMatch(x -> plot.image().getRGB(x, y) == colour.getRGB()))
        .average()
        .orElseThrow();
  }

  /** Without the legend below it. */
  private static Picture aboveLegend(BufferedImage picture) {
    return new Picture(picture).part(0, 0, picture.getWidth(), picture.getHeight() - 30);
  }

  /** Without the legend right of it. */
  private static Picture plot(BufferedImage picture) {
    return new Picture(picture).part(0, 0, 600, picture.getHeight());
  }

  private static void assertFits(Picture picture) {
    assertTrue(picture.image().getWidth() <= Theme.WIDTH, picture.image().toString());
    assertTrue(picture.pngBytes() < MOST_BYTES, picture.pngBytes() + " bytes");
  }

  private static void assertMessage(String part, Runnable call) {
    var error = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  private static List<INDArray> layers(int depth, DoubleUnaryOperator size) {
    return IntStream.rangeClosed(1, depth)
        .mapToObj(layer -> Nd4j.ones(4, 4).muli(size.applyAsDouble(layer)))
        .toList();
  }

  private static List<TrainingHistory> runs(int count, int epochs, DoubleUnaryOperator accuracy) {
    return IntStream.range(0, count)
        .mapToObj(
            run -> history(epochs, Map.of("accuracy", e -> accuracy.applyAsDouble(e) + .01 * run)))
        .toList();
  }

  private static TrainingHistory history(int epochs, Map<String, DoubleUnaryOperator> series) {
    var history = new TrainingHistory();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      Map<String, Double> measured = new HashMap<>();
      for (var each : series.entrySet()) {
        measured.put(each.getKey(), each.getValue().applyAsDouble(epoch));
      }
      history.add(epoch, measured);
    }
    return history;
  }
}
