package journey.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;
import tech.tablesaw.api.Table;

class PairedDifferenceTest {

  private static final double EXACT = 1e-12;

  /** Ten airplanes, then ten others. */
  private static final int[] LABELS = IntStream.range(0, 20).map(i -> i / 10).toArray();

  @Test
  void aClassifierIsNoBetterThanItself() {
    BinaryReport report = report(LABELS, i -> i / 20.0 * .8 + .1 * (i % 3));
    var none = PairedDifference.of(report, report);
    for (String metric : List.of("accuracy", "balanced accuracy", "ROC AUC")) {
      assertEquals(new Estimate(0, 20, new Interval(0, 0)), none.of(metric), metric);
    }
    assertEquals(1, none.pValue());
  }

  @Test
  void itIsTheSecondsFigureMinusTheFirsts() {
    BinaryReport first = report(LABELS, i -> i < 2 || i == 10 ? .1 : .9);
    BinaryReport second = report(LABELS, i -> i < 5 && i != 1 || i == 10 || i == 11 ? .2 : .7);
    var lead = PairedDifference.of(first, second);
    Table table = lead.table();
    assertEquals(
        List.of("metric", "class", "difference", "95 % low", "95 % high"), table.columnNames());
    for (int row = 0; row < table.rowCount(); row++) {
      double expected =
          second.table().doubleColumn("value").get(row)
              - first.table().doubleColumn("value").get(row);
      assertEquals(expected, table.doubleColumn("difference").get(row), EXACT);
    }
    assertEquals(second.rocAuc().value() - first.rocAuc().value(), lead.of("ROC AUC").value());
    assertArrayEquals(new int[] {2, 3, 4}, lead.gained());
    assertArrayEquals(new int[] {1, 11}, lead.lost());
    assertEquals(lead.of("accuracy"), PairedDifference.of(first, second).of("accuracy"));
  }

  @Test
  void severalClassesHaveTheirOwnMetrics() {
    int[] labels = {0, 1, 2, 0, 1, 2};
    var first = multiClass(labels, new int[] {0, 1, 1, 1, 1, 1});
    var second = multiClass(labels, new int[] {0, 1, 2, 0, 2, 2});
    var lead = PairedDifference.of(first, second);
    for (String metric : List.of("accuracy", "top-2 accuracy", "macro F1", "majority baseline")) {
      double expected = figure(second, metric) - figure(first, metric);
      assertEquals(expected, lead.of(metric).value(), EXACT, metric);
    }
  }

  /** Two-sided exact McNemar, {@code min(1, 2·P(X <= min(b, c)))} for {@code X ~ B(b + c, 1/2)}. */
  @ParameterizedTest
  @CsvSource({"2, 8, 0.109375", "8, 2, 0.109375", "0, 6, 0.03125", "5, 5, 1", "1, 0, 1", "0, 0, 1"})
  void mcNemarCountsWhatOnlyOneGotRight(int gained, int lost, double p) {
    BinaryReport first = report(LABELS, i -> i < 10 && i >= gained ? .1 : .9);
    BinaryReport second = report(LABELS, i -> i < 10 - lost ? .1 : .9);
    var lead = PairedDifference.of(first, second);
    assertEquals(gained, lead.gained().length);
    assertEquals(lost, lead.lost().length);
    assertEquals(p, lead.pValue(), EXACT);
  }

  @Test
  void aTinyProbabilityIsNotZero() {
    int[] labels = new int[1062];
    labels[0] = 1; // There must be two classes.
    BinaryReport first = report(labels, i -> i >= 1 && i <= 362 ? .1 : i == 0 ? .1 : .9);
    BinaryReport second = report(labels, i -> i >= 1 && i <= 362 ? .9 : i == 0 ? .9 : .1);
    var lead = PairedDifference.of(first, second);
    assertEquals(700, lead.gained().length);
    assertEquals(362, lead.lost().length);
    assertEquals(1.8018825862130428e-25, lead.pValue(), 1e-35);
  }

  @Test
  void theIntervalHoldsTheTruthNineteenTimesInTwenty() {
    var random = new Random(5);
    int trials = 200;
    int held = 0;
    int unpaired = 0;
    for (int trial = 0; trial < trials; trial++) {
      int[] labels = IntStream.range(0, 300).map(i -> i % 10 == 0 ? 0 : 1).toArray();
      // Right by both 0.7, by the second alone 0.12, by the first alone 0.05: a lead of 0.07.
      double[] luck = random.doubles(300).toArray();
      BinaryReport first = report(labels, i -> answer(labels[i], luck[i] < .75));
      BinaryReport second =
          report(labels, i -> answer(labels[i], luck[i] < .7 || luck[i] > .75 && luck[i] < .87));
      Interval interval = PairedDifference.of(first, second).of("accuracy").interval();
      held += IntervalTest.holds(interval, .07) ? 1 : 0;
      unpaired += second.accuracy().interval().low() > first.accuracy().interval().high() ? 1 : 0;
      assertTrue(interval.high() - interval.low() < .12, "narrower than each accuracy's own");
    }
    assertEquals(.95, (double) held / trials, .04);
    assertTrue(unpaired < trials / 4, "separate intervals mostly overlap: " + unpaired);
  }

  @Test
  void refusesWhatCannotBePaired() {
    BinaryReport report = report(LABELS, i -> .5);
    int[] others = LABELS.clone();
    others[3] = 1;
    assertMessage("position 3", () -> PairedDifference.of(report, report(others, i -> .5)));
    assertMessage("on 20, the other on 2", () -> PairedDifference.of(report, report(0, 0)));
    assertMessage("[x, y]", () -> PairedDifference.of(report, named("x", "y")));
    var otherKind = multiClass(new int[] {0, 1, 2}, new int[] {0, 1, 2});
    assertMessage("a MultiClassReport on", () -> PairedDifference.of(report, otherKind));
    var none = PairedDifference.of(report, report);
    assertMessage("\"recall\"; there is one in [accuracy, ", () -> none.of("recall"));
  }

  private static double answer(int label, boolean right) {
    return (label == 1) == right ? .9 : .1;
  }

  private static BinaryReport named(String class0, String class1) {
    return BinaryPredictions.of(Nd4j.zeros(20), Nd4j.zeros(20), class0, class1).report(.5);
  }

  private static BinaryReport report(int... labels) {
    return report(labels, i -> .5);
  }

  private static BinaryReport report(int[] labels, IntToDoubleFunction probability) {
    double[] probabilities = IntStream.range(0, labels.length).mapToDouble(probability).toArray();
    return BinaryReportTest.predictions(labels, probabilities).report(.5);
  }

  private static double figure(MultiClassReport report, String metric) {
    return report.measurements().stream()
        .filter(m -> m.metric().equals(metric))
        .findFirst()
        .orElseThrow()
        .estimate()
        .value();
  }

  private static MultiClassReport multiClass(int[] labels, int[] answers) {
    double[][] probabilities = new double[answers.length][3];
    for (int i = 0; i < answers.length; i++) {
      probabilities[i][answers[i]] = .5;
      probabilities[i][(answers[i] + 1) % 3] += .3;
      probabilities[i][(answers[i] + 2) % 3] += .2;
    }
    var names = List.of("cat", "dog", "frog");
    return MultiClassPredictions.of(labels, Nd4j.create(probabilities), names).report();
  }

  private static void assertMessage(String part, Runnable call) {
    var error = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }
}
