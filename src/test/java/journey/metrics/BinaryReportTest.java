package journey.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.classification.ROC;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tech.tablesaw.api.Table;

class BinaryReportTest {

  private static final double EXACT = 1e-12;

  /** Class 0: 1 right of 3. Class 1: 4 right of 5. Two probabilities are equal. */
  private static final int[] LABELS = {0, 0, 0, 1, 1, 1, 1, 1};

  private static final double[] PROBABILITIES = {.3, .6, .8, .6, .7, .75, .2, .9};

  private final BinaryReport report = predictions(LABELS, PROBABILITIES).report(0.5);

  @Test
  void figuresAreThoseComputedByHand() {
    assertEquals(5 / 8.0, report.accuracy().value(), EXACT);
    assertEquals(5 / 8.0, report.majorityBaseline().value(), EXACT);
    assertEquals(1 / 2.0, report.precision(0).value(), EXACT);
    assertEquals(1 / 3.0, report.recall(0).value(), EXACT);
    assertEquals(2 / 5.0, report.f1(0).value(), EXACT);
    assertEquals(4 / 6.0, report.precision(1).value(), EXACT);
    assertEquals(4 / 5.0, report.recall(1).value(), EXACT);
    assertEquals(8 / 11.0, report.f1(1).value(), EXACT);
    assertEquals((1 / 3.0 + 4 / 5.0) / 2, report.balancedAccuracy().value(), EXACT);
    // Each of class 1 against .3, .6 and .8, where .6 against .6 is one half.
    assertEquals((1.5 + 2 + 2 + 0 + 3) / 15, report.rocAuc().value(), EXACT);
    assertArrayEquals(new int[][] {{1, 2}, {1, 4}}, report.confusion());
  }

  @Test
  void sharesCountWhatTheyAreSharesOf() {
    assertEquals(Interval.wilson(5, 8), report.accuracy().interval());
    assertEquals(Interval.wilson(1, 2), report.precision(0).interval());
    assertEquals(2, report.precision(0).count());
    assertEquals(Interval.wilson(4, 5), report.recall(1).interval());
    assertEquals(5, report.recall(1).count());
    assertEquals(8, report.f1(0).count());
  }

  @Test
  void theLibraryAgrees() {
    var random = new Random(11);
    for (int trial = 0; trial < 20; trial++) {
      int n = 2 + random.nextInt(60);
      int[] labels = IntStream.range(0, n).map(i -> i < 2 ? i : random.nextInt(2)).toArray();
      double[] probabilities = random.doubles(n).toArray();
      double threshold = random.nextDouble();
      var library = new Evaluation(2);
      for (int i = 0; i < n; i++) {
        library.eval(probabilities[i] >= threshold ? 1 : 0, labels[i]);
      }
      BinaryReport ours = predictions(labels, probabilities).report(threshold);
      assertEquals(library.accuracy(), ours.accuracy().value(), EXACT);
      for (int c = 0; c < 2; c++) {
        assertEquals(library.precision(c, Double.NaN), ours.precision(c).value(), EXACT);
        assertEquals(library.recall(c, Double.NaN), ours.recall(c).value(), EXACT);
        assertEquals(library.f1(c), ours.f1(c).value(), EXACT);
      }
    }
  }

  @Test
  void rocAucIsTheLibrarysWhereNoProbabilitiesAreEqual() {
    var random = new Random(2);
    int n = 300;
    int[] labels = IntStream.range(0, n).map(i -> i % 5 == 0 ? 0 : 1).toArray();
    double[] probabilities =
        IntStream.range(0, n).mapToDouble(i -> (labels[i] + 2 * random.nextDouble()) / 3).toArray();
    var roc = new ROC(0);
    roc.eval(
        Nd4j.createFromArray(labels).castTo(Nd4j.defaultFloatingPointType()).reshape(n, 1),
        Nd4j.createFromArray(probabilities).reshape(n, 1));
    Estimate auc = predictions(labels, probabilities).report(0.5).rocAuc();
    assertEquals(roc.calculateAUC(), auc.value(), 1e-4);
    assertTrue(IntervalTest.holds(auc.interval(), auc.value()));
  }

  @Test
  void rocAucOfAConstantIsOneHalfInAnyOrder() {
    double[] constant = {.5, .5, .5, .5};
    for (int[] labels : List.of(new int[] {0, 0, 1, 1}, new int[] {1, 1, 0, 0})) {
      assertEquals(0.5, predictions(labels, constant).report(0.5).rocAuc().value(), EXACT);
    }
  }

  @Test
  void intervalsHoldTheirFigures() {
    var random = new Random(4);
    int n = 1_000;
    int[] labels = IntStream.range(0, n).map(i -> i % 10 == 0 ? 0 : 1).toArray();
    double[] probabilities =
        IntStream.range(0, n)
            .mapToDouble(i -> 1 / (1 + Math.exp(-2 * labels[i] - random.nextGaussian())))
            .toArray();
    BinaryReport figures = predictions(labels, probabilities).report(0.6);
    for (Estimate estimate :
        List.of(figures.balancedAccuracy(), figures.rocAuc(), figures.f1(0), figures.f1(1))) {
      assertTrue(IntervalTest.holds(estimate.interval(), estimate.value()), estimate.toString());
      assertTrue(estimate.interval().high() - estimate.interval().low() > 0.005);
    }
    assertEquals(figures.balancedAccuracy(), figures.balancedAccuracy());
  }

  @Test
  void aProbabilityAtTheThresholdIsClass1() {
    BinaryReport atThreshold = predictions(new int[] {1}, new double[] {0.5}).report(0.5);
    assertArrayEquals(new int[][] {{0, 0}, {0, 1}}, atThreshold.confusion());
  }

  @Test
  void aMissingClassHasNoFigures() {
    BinaryReport ones = predictions(new int[] {1, 1, 1}, new double[] {.9, .8, .7}).report(0.5);
    assertEquals(1, ones.accuracy().value());
    for (Estimate undefined :
        List.of(
            ones.precision(0),
            ones.recall(0),
            ones.f1(0),
            ones.balancedAccuracy(),
            ones.rocAuc())) {
      assertFalse(undefined.isDefined(), undefined.toString());
      assertNull(undefined.interval());
    }
    assertTrue(ones.table().column("value").isMissing(5));
  }

  @Test
  void aClassThatWasNeverFoundHasF1Zero() {
    BinaryReport never = predictions(new int[] {0, 1, 1}, new double[] {.9, .8, .7}).report(0.5);
    assertFalse(never.precision(0).isDefined());
    assertEquals(0, never.recall(0).value());
    assertEquals(0, never.f1(0).value());
    assertEquals(0.5, never.balancedAccuracy().value());
  }

  @Test
  void theTableHasARowForEachFigure() {
    Table table = report.table();
    assertEquals(
        List.of("metric", "class", "value", "count", "95 % low", "95 % high"), table.columnNames());
    assertEquals(10, table.rowCount());
    Table recall =
        table.where(
            table
                .stringColumn("metric")
                .isEqualTo("recall")
                .and(table.stringColumn("class").isEqualTo("airplane")));
    assertEquals(1 / 3.0, recall.doubleColumn("value").get(0), EXACT);
    assertEquals(3, recall.longColumn("count").get(0));
  }

  @Test
  void takesColumnsOfNd4j() {
    var fromArrays =
        BinaryPredictions.of(
            Nd4j.createFromArray(new float[][] {{0}, {1}, {1}}),
            Nd4j.createFromArray(new float[] {.25f, .5f, .125f}),
            "airplane",
            "rest");
    assertArrayEquals(new int[][] {{1, 0}, {1, 1}}, fromArrays.report(0.5).confusion());
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> BinaryPredictions.of(Nd4j.ones(3, 2), Nd4j.ones(3, 1), "a", "b"));
    assertTrue(error.getMessage().contains("[3, 2]"), error.getMessage());
  }

  @Test
  void namesTheFirstBadValue() {
    assertMessage("probability 1 is NaN", new int[] {1, 1, 0}, new double[] {.5, Double.NaN, 7});
    assertMessage("probability 0 is 1.5", new int[] {1}, new double[] {1.5});
    assertMessage("label 1 is 2.0", new int[] {1, 2}, new double[] {.5, .5});
    assertMessage("2 labels and 1 probabilities", new int[] {1, 0}, new double[] {.5});
    INDArray none = Nd4j.create(DataType.FLOAT, 0, 1);
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> BinaryPredictions.of(none, none, "a", "b"));
    assertTrue(error.getMessage().contains("0 labels"), error.getMessage());
  }

  @Test
  void missedExamplesComeWorstFirst() {
    var predictions = predictions(LABELS, PROBABILITIES);
    assertArrayEquals(new int[] {2, 1}, predictions.missed(0, 0.5));
    assertArrayEquals(new int[] {6, 3}, predictions.missed(1, 0.65));
  }

  private static void assertMessage(String part, int[] labels, double[] probabilities) {
    var error =
        assertThrows(IllegalArgumentException.class, () -> predictions(labels, probabilities));
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  static BinaryPredictions predictions(int[] labels, double[] probabilities) {
    return BinaryPredictions.of(
        Nd4j.createFromArray(labels), Nd4j.createFromArray(probabilities), "airplane", "rest");
  }
}
