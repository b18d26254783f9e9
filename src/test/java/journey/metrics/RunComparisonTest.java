package journey.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import tech.tablesaw.api.Table;

class RunComparisonTest {

  @Test
  void theMeanHasStudentsInterval() {
    Estimate mean = Estimate.mean(.50, .52, .54);
    assertEquals(.52, mean.value(), 1e-12);
    assertEquals(3, mean.count());
    // t(0.975, 2 degrees of freedom) = 4.302653, from Student's table.
    assertEquals(.52 - 4.302653 * .02 / Math.sqrt(3), mean.interval().low(), 1e-7);
    assertEquals(.52 + 4.302653 * .02 / Math.sqrt(3), mean.interval().high(), 1e-7);
    assertNull(Estimate.mean(.5).interval());
    assertThrows(IllegalArgumentException.class, () -> Estimate.mean());
    assertThrows(IllegalArgumentException.class, () -> Estimate.mean(.5, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Interval.ofMean(.5));
  }

  @Test
  void theIntervalHoldsTheTruthNineteenTimesInTwenty() {
    var random = new Random(8);
    int trials = 4_000;
    long held =
        IntStream.range(0, trials)
            .filter(i -> IntervalTest.holds(Interval.ofMean(random.doubles(4).toArray()), .5))
            .count();
    assertEquals(.95, (double) held / trials, .015);
  }

  @Test
  void aRowSaysHowSureTheMeanIs() {
    var runs =
        new RunComparison("optimizer")
            .add("SGD", .1, new double[] {.48, .50}, new double[] {9, 11})
            .add("Adam", 3e-4, new double[] {.51, .53, .52}, new double[] {12, 12, 13.5})
            .add("one seed", 1, new double[] {.1}, new double[] {1});
    Table table = runs.table();
    assertEquals(List.of("SGD", "Adam", "one seed"), table.stringColumn("optimizer").asList());
    assertEquals(List.of("0.1", "0.0003", "1"), table.stringColumn("learning rate").asList());
    assertEquals(.49, table.doubleColumn("mean accuracy").get(0), 1e-12);
    assertEquals(
        Interval.ofMean(.51, .53, .52).toString(), table.stringColumn("95 % of the mean").get(1));
    assertTrue(table.stringColumn("95 % of the mean").isMissing(2));
    assertEquals(.53, table.doubleColumn("highest").get(1));
    assertEquals(.51, table.doubleColumn("lowest").get(1));
    assertEquals(12.5, table.doubleColumn("seconds").get(1), 1e-12);
    assertEquals(1, runs.best());
  }

  @Test
  void withoutLearningRatesThereIsNoColumnForThem() {
    double[] one = {.5};
    var runs = new RunComparison("searcher").add("random", one, one);
    assertFalse(runs.table().columnNames().contains("learning rate"));
    assertEquals(.5, runs.table().doubleColumn("mean accuracy").get(0));
    runs.add("by hand", .1, one, one);
    assertTrue(runs.table().stringColumn("learning rate").isMissing(0));
    assertEquals("0.1", runs.table().stringColumn("learning rate").get(1));
    double[] wrong = {Double.NaN};
    assertThrows(IllegalArgumentException.class, () -> runs.add("grid", wrong, one));
  }

  @Test
  void refusesRunsThatDoNotFit() {
    var runs = new RunComparison("optimizer");
    double[] one = {.5};
    assertThrows(IllegalStateException.class, runs::best);
    assertThrows(
        IllegalArgumentException.class, () -> runs.add("SGD", .1, one, new double[] {1, 2}));
    assertThrows(
        IllegalArgumentException.class, () -> runs.add("SGD", .1, new double[] {Double.NaN}, one));
    assertThrows(
        IllegalArgumentException.class, () -> runs.add("SGD", .1, new double[0], new double[0]));
  }

  @Test
  void aLeadIsTheMeanOfTheSeedsDifferences() {
    double[] seconds = {1, 1, 1};
    var runs =
        new RunComparison("optimizer")
            .add("SGD", .1, new double[] {.40, .50, .60}, seconds)
            .add("Adam", .1, new double[] {.42, .52, .63}, seconds)
            .add("Momentum", .1, new double[] {.41, .49, .60}, seconds);
    Estimate lead = runs.lead("Adam", "SGD");
    assertEquals(.07 / 3, lead.value(), 1e-12);
    // Two comparisons: t(0.9875, 2 degrees of freedom) = 6.205347; the differences are .02, .02,
    // .03.
    double half = 6.205347 * Math.sqrt(1e-4 / 3 / 3);
    assertEquals(.07 / 3 - half, lead.interval().low(), 1e-7);
    assertEquals(.07 / 3 + half, lead.interval().high(), 1e-7);
    assertTrue(Interval.ofMean(.02, .02, .03).low() > lead.interval().low(), "wider than alone");

    Table table = runs.leads("SGD");
    assertEquals(List.of("Adam", "Momentum"), table.stringColumn("optimizer").asList());
    assertEquals(List.of("better", "cannot be told apart"), table.stringColumn("verdict").asList());
    assertEquals(lead.interval().toString(), table.stringColumn("95 % of all at once").get(0));
    assertEquals("worse", runs.leads("Adam").stringColumn("verdict").get(0));
  }

  @Test
  void leadsHoldAllAtOnce() {
    var random = new Random(9);
    int trials = 4_000;
    long held =
        IntStream.range(0, trials)
            .filter(
                i ->
                    IntStream.range(0, 4)
                        .mapToObj(k -> normal(random, 4))
                        .allMatch(runs -> IntervalTest.holds(Interval.ofMean(runs, 4), 0)))
            .count();
    assertEquals(.95, (double) held / trials, .015);
  }

  @Test
  void aLeadNeedsRunsWithTheSameSeeds() {
    var runs =
        new RunComparison("optimizer")
            .add("SGD", .1, new double[] {.4, .5}, new double[] {1, 1})
            .add("Adam", .1, new double[] {.4}, new double[] {1})
            .add("one", .1, new double[] {.3}, new double[] {1});
    assertMessage("Adam has 1 and SGD 2", () -> runs.lead("Adam", "SGD"));
    assertMessage("\"Nesterov\" was not compared", () -> runs.leads("Nesterov"));
    assertNull(runs.lead("one", "Adam").interval());
    var single = new RunComparison("optimizer").add("a", 1, new double[] {.4}, new double[] {1});
    single.add("b", 1, new double[] {.5}, new double[] {1});
    assertEquals("cannot be told apart", single.leads("a").stringColumn("verdict").get(0));
    assertTrue(single.leads("a").stringColumn("95 % of all at once").isMissing(0));
  }

  @Test
  void theSearchFindsTheBestLearningRate() {
    var search =
        new LearningRateSearch()
            .add("SGD", .1, .48)
            .add("SGD", .01, .4)
            .add("SGD", 1, Double.NaN)
            .add("SGD", .3, .48)
            .add("Adam", .001, .52)
            .add("Adam", .0001, .5);
    assertEquals(.1, search.best("SGD"));
    assertEquals(.48, search.bestAccuracy("SGD"));
    assertFalse(search.endsAtBest("SGD"));
    assertTrue(search.endsAtBest("Adam"));
    Table table = search.table();
    assertEquals(
        List.of("SGD", "SGD", "SGD", "SGD", "Adam", "Adam"), table.stringColumn("method").asList());
    assertEquals(
        List.of(.01, .1, .3, 1.0, .0001, .001), table.doubleColumn("learning rate").asList());
    assertEquals(.4, table.doubleColumn("validation accuracy").get(0));
    assertTrue(table.column("validation accuracy").isMissing(3));
  }

  @Test
  void theSearchNamesWhatIsWrong() {
    var search = new LearningRateSearch().add("SGD", 1, Double.NaN);
    assertMessage("\"Adam\" was not tried; there are [SGD]", () -> search.best("Adam"));
    assertMessage("diverged with every learning rate of [1.0]", () -> search.best("SGD"));
    assertMessage("1.0 already", () -> search.add("SGD", 1, .5));
    assertMessage("-0.1", () -> search.add("SGD", -.1, .5));
    assertMessage("1.5", () -> search.add("SGD", .1, 1.5));
  }

  @Test
  void classifiersStandSideBySide() {
    var neuron = report(.5, "airplane");
    var network = report(.7, "airplane");
    var both = new ReportComparison().add("the neuron", neuron).add("the network", network);
    Table table = both.table();
    assertEquals(
        List.of("metric", "class", "the neuron", "the network", "difference"), table.columnNames());
    assertEquals(neuron.table().rowCount(), table.rowCount());
    assertEquals(neuron.accuracy().toString(), table.stringColumn("the neuron").get(0));
    assertEquals(network.accuracy().toString(), table.stringColumn("the network").get(0));
    assertEquals(network.f1(1).toString(), table.stringColumn("the network").get(9));
    assertEquals(
        PairedDifference.of(neuron, network).of("ROC AUC").toString(),
        table.stringColumn("difference").get(3));
    assertMessage("already", () -> both.add("the neuron", neuron));
    assertMessage("[ship, rest]", () -> both.add("another", report(.5, "ship")));
    assertEquals(5, both.add("a third", neuron).table().columnCount());
    assertThrows(IllegalStateException.class, () -> new ReportComparison().table());
  }

  private static double[] normal(Random random, int n) {
    return IntStream.range(0, n).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  @Test
  void eachIsComparedWithTheFirst() {
    BinaryReport first = report(.5, "ship");
    BinaryReport second = report(.7, "ship");
    var three = new ReportComparison().add("first", first);
    assertThrows(IllegalStateException.class, () -> three.leads("way"));
    Table leads = three.add("second", second).add("third", first).leads("way");
    assertEquals(
        List.of("way", "accuracy", "of first", "won", "lost", "difference", "p"),
        leads.columnNames());
    assertEquals(List.of("second", "third"), leads.stringColumn("way").asList());
    PairedDifference lead = PairedDifference.of(first, second);
    assertEquals(second.accuracy().toString(), leads.stringColumn("accuracy").get(0));
    assertEquals(first.accuracy().toString(), leads.stringColumn("of first").get(0));
    assertEquals(lead.gained().length, leads.intColumn("won").get(0));
    assertEquals(lead.lost().length, leads.intColumn("lost").get(0));
    assertEquals(2, lead.gained().length + lead.lost().length);
    assertEquals(lead.of("accuracy").toString(), leads.stringColumn("difference").get(0));
    assertEquals("1.0", leads.stringColumn("p").get(0));
    assertEquals(0, leads.intColumn("won").get(1));
  }

  private static BinaryReport report(double threshold, String class0) {
    return BinaryPredictions.of(
            Nd4j.createFromArray(0, 0, 1, 1, 1),
            Nd4j.createFromArray(.2, .6, .6, .8, .9),
            class0,
            "rest")
        .report(threshold);
  }

  private static void assertMessage(String part, Runnable call) {
    var error = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }
}
