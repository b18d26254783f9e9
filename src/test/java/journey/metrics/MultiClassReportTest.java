package journey.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tech.tablesaw.api.Table;

class MultiClassReportTest {

  private static final double EXACT = 1e-12;
  private static final List<String> NAMES = List.of("cat", "dog", "ship");

  /** Cats: 2 right of 3. Dogs: 1 of 2, the other one a tie. Ships: 0 of 2. */
  private static final int[] LABELS = {0, 0, 0, 1, 1, 2, 2};

  private static final double[][] PROBABILITIES = {
    {.6, .3, .1}, {.9, .1, 0}, {.2, .7, .1}, {.1, .8, .1}, {.4, .4, .2}, {.5, .3, .2}, {0, .75, .25}
  };

  private final MultiClassPredictions predictions =
      MultiClassPredictions.of(LABELS, Nd4j.createFromArray(PROBABILITIES), NAMES);
  private final MultiClassReport report = predictions.report();

  @Test
  void figuresAreThoseComputedByHand() {
    assertArrayEquals(new int[][] {{2, 1, 0}, {1, 1, 0}, {1, 1, 0}}, report.confusion());
    assertEquals(3 / 7.0, report.accuracy().value(), EXACT);
    assertEquals(Interval.wilson(3, 7), report.accuracy().interval());
    assertEquals(3 / 7.0, report.majorityBaseline().value(), EXACT);
    assertEquals(2 / 4.0, report.precision(0).value(), EXACT);
    assertEquals(Interval.wilson(2, 4), report.precision(0).interval());
    assertEquals(2 / 3.0, report.recall(0).value(), EXACT);
    assertEquals(Interval.wilson(2, 3), report.recall(0).interval());
    assertEquals(4 / 7.0, report.f1(0).value(), EXACT);
    assertEquals(2 / 5.0, report.f1(1).value(), EXACT);
    assertFalse(report.precision(2).isDefined());
    assertEquals(0, report.recall(2).value());
    assertEquals(0, report.f1(2).value());
    assertEquals((4 / 7.0 + 2 / 5.0 + 0) / 3, report.macroF1().value(), EXACT);
  }

  @Test
  void anExampleIsFoundAmongTheMostProbableClasses() {
    assertEquals(report.accuracy(), report.topAccuracy(1));
    assertEquals(6 / 7.0, report.topAccuracy(2).value(), EXACT);
    assertEquals(1, report.topAccuracy(3).value());
    assertThrows(IllegalArgumentException.class, () -> report.topAccuracy(4));
    assertThrows(IllegalArgumentException.class, () -> report.topAccuracy(0));
  }

  @Test
  void whoGivesAllClassesTheSameIsNotRight() {
    var same = MultiClassPredictions.of(new int[] {1, 2}, Nd4j.valueArrayOf(2, 3, 1 / 3.0), NAMES);
    assertEquals(0, same.report().topAccuracy(1).value());
    assertEquals(0.5, same.report().topAccuracy(2).value());
  }

  @Test
  void theLibraryAgreesWhereNoProbabilitiesAreEqual() {
    for (int trial = 0; trial < 5; trial++) {
      int[] labels = labels(300, 4);
      INDArray softmax = softmax(labels, 4, 20 + trial);
      var library = new Evaluation(List.of("a", "b", "c", "d"), 2);
      library.eval(oneHot(labels, 4), softmax);
      var ours = MultiClassPredictions.of(labels, softmax, List.of("a", "b", "c", "d")).report();
      assertEquals(library.accuracy(), ours.accuracy().value(), EXACT);
      assertEquals(library.topNAccuracy(), ours.topAccuracy(2).value(), EXACT);
      assertEquals(library.f1(), ours.macroF1().value(), 1e-9);
      for (int c = 0; c < 4; c++) {
        assertEquals(library.precision(c), ours.precision(c).value(), EXACT);
        assertEquals(library.recall(c), ours.recall(c).value(), EXACT);
      }
    }
  }

  @Test
  void oneHotLabelsAndNumbersAreTheSame() {
    int[] labels = labels(40, 3);
    INDArray softmax = softmax(labels, 3, 5);
    var byNumber = MultiClassPredictions.of(labels, softmax, NAMES);
    // Columns of a transposed array lie otherwise in memory.
    var byColumn =
        MultiClassPredictions.of(
            oneHot(labels, 3).transpose().dup().transpose(),
            softmax.transpose().dup().transpose().castTo(DataType.FLOAT),
            NAMES);
    assertArrayEquals(byNumber.report().confusion(), byColumn.report().confusion());
    assertEquals(byNumber.probability(7, 2), byColumn.probability(7, 2), 1e-6);
  }

  @Test
  void aClassThatNeitherOccursNorIsPredictedIsLeftOut() {
    INDArray sure = Nd4j.createFromArray(new double[][] {{1, 0, 0}, {0, 1, 0}});
    var two = MultiClassPredictions.of(new int[] {0, 1}, sure, NAMES).report();
    assertFalse(two.f1(2).isDefined());
    assertNull(two.f1(2).interval());
    assertEquals(1, two.macroF1().value());
    assertTrue(HtmlTable.of(two.perClass()).html().contains(">–<"));
  }

  @Test
  void intervalsHoldTheirFigures() {
    int[] labels = labels(2_000, 10);
    List<String> names = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    var figures = MultiClassPredictions.of(labels, softmax(labels, 10, 3), names).report();
    for (Estimate estimate : List.of(figures.macroF1(), figures.f1(0), figures.f1(9))) {
      assertTrue(estimate.interval().contains(estimate.value()), estimate.toString());
      assertTrue(estimate.interval().high() - estimate.interval().low() > .01);
    }
    double macro = figures.macroF1().interval().high() - figures.macroF1().interval().low();
    double one = figures.f1(0).interval().high() - figures.f1(0).interval().low();
    assertTrue(macro < one, "a mean of ten is surer than one of them");
  }

  @Test
  void theTablesHaveARowForEachFigureAndClass() {
    Table all = report.table();
    assertEquals(
        List.of("accuracy", "majority baseline", "top-2 accuracy", "macro F1"),
        all.stringColumn("metric").asList());
    assertEquals(report.macroF1().value(), all.doubleColumn("value").get(3));
    Table each = report.perClass();
    assertEquals(NAMES, each.stringColumn("class").asList());
    assertEquals(List.of(3, 2, 2), each.intColumn("count").asList());
    assertEquals(List.of(4, 3, 0), each.intColumn("predicted").asList());
    assertEquals(2 / 3.0, each.doubleColumn("recall").get(0), EXACT);
    assertTrue(each.column("precision").isMissing(2) && each.column("precision 95 %").isMissing(2));
  }

  @Test
  void pairsComeMostFrequentFirstAndInThemTheMostCertain() {
    int[] labels = {0, 0, 0, 1, 2};
    var confused =
        MultiClassPredictions.of(
            labels,
            Nd4j.createFromArray(
                new double[][] {
                  {.3, .6, .1}, {0, .9, .1}, {.1, .1, .8}, {0, 0, 1}, {.2, .1, .7},
                }),
            NAMES);
    List<ConfusedPair> pairs = confused.mostConfusedPairs(2);
    assertEquals("cat taken for dog: 2", pairs.get(0).toString());
    assertArrayEquals(new int[] {1, 0}, pairs.get(0).positions());
    assertArrayEquals(new int[] {1}, pairs.get(0).first(1));
    assertArrayEquals(new int[] {1, 0}, pairs.get(0).first(9));
    assertEquals("cat taken for ship: 1", pairs.get(1).toString());
    assertEquals(3, confused.mostConfusedPairs(9).size());
    assertArrayEquals(new int[] {3, 1, 2}, confused.mostConfidentMistakes(3));
    assertEquals(4, confused.mostConfidentMistakes(9).length);
  }

  @Test
  void namesTheFirstBadValue() {
    assertMessage("\"dog\" for example 1 is NaN", new double[][] {{1, 0, 0}, {.5, Double.NaN, .5}});
    assertMessage("\"cat\" for example 0 is -1.0", new double[][] {{-1, 1, 1}, {1, 0, 0}});
    assertMessage("example 1 add up to 0.5", new double[][] {{1, 0, 0}, {.25, .25, 0}});
    assertMessage("[2, 2]", new double[][] {{1, 0}, {1, 0}});
    assertMessage("[1, 3]", new double[][] {{1, 0, 0}});
    INDArray fine = Nd4j.createFromArray(new double[][] {{1, 0, 0}});
    assertMessage("label 0 is 3", () -> MultiClassPredictions.of(new int[] {3}, fine, NAMES));
    assertMessage(
        "row 0 of the one-hot labels is [0.0, 1.0, 1.0]",
        () ->
            MultiClassPredictions.of(
                Nd4j.createFromArray(new double[][] {{0, 1, 1}}), fine, NAMES));
    assertMessage("0 examples", () -> MultiClassPredictions.of(new int[0], fine, NAMES));
  }

  private static void assertMessage(String part, double[][] probabilities) {
    assertMessage(
        part,
        () ->
            MultiClassPredictions.of(new int[] {0, 1}, Nd4j.createFromArray(probabilities), NAMES));
  }

  private static void assertMessage(String part, Runnable build) {
    var error = assertThrows(IllegalArgumentException.class, build::run);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  private static int[] labels(int n, int classes) {
    return IntStream.range(0, n).map(i -> i % classes).toArray();
  }

  private static INDArray oneHot(int[] labels, int classes) {
    double[][] rows = new double[labels.length][classes];
    Arrays.setAll(
        rows, i -> IntStream.range(0, classes).mapToDouble(c -> c == labels[i] ? 1 : 0).toArray());
    return Nd4j.createFromArray(rows);
  }

  private static INDArray softmax(int[] labels, int classes, long seed) {
    var random = new Random(seed);
    double[][] rows = new double[labels.length][classes];
    for (int i = 0; i < labels.length; i++) {
      for (int c = 0; c < classes; c++) {
        rows[i][c] = Math.exp(random.nextGaussian() + (c == labels[i] ? 1 : 0));
      }
      double sum = Arrays.stream(rows[i]).sum();
      rows[i] = Arrays.stream(rows[i]).map(p -> p / sum).toArray();
    }
    return Nd4j.createFromArray(rows);
  }
}
