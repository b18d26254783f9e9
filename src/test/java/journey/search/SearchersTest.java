package journey.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import journey.metrics.Estimate;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class SearchersTest {

  private static final Space SPACE =
      Space.of(
          Dimension.logarithmic("rate", 1e-4, 1e-1),
          Dimension.whole("layers", 1, 3),
          Dimension.choice("optimizer", "SGD", "Adam"),
          Dimension.real("momentum", 0, 0.9).when("optimizer", "SGD"));

  static Trial trial(Suggestion suggestion, double score) {
    return new Trial(suggestion, new Estimate(score, 1, null), 1, Trial.State.DONE, null);
  }

  static Trial failed(Suggestion suggestion) {
    return new Trial(suggestion, null, 1, Trial.State.FAILED, "no luck");
  }

  /** Asks and tells until there is no more. */
  static List<Trial> run(Searcher searcher, ToDoubleFunction<Suggestion> score) {
    List<Trial> trials = new ArrayList<>();
    for (var next = searcher.ask(); next.isPresent(); next = searcher.ask()) {
      double value = score.applyAsDouble(next.get());
      trials.add(Double.isNaN(value) ? failed(next.get()) : trial(next.get(), value));
      searcher.tell(trials.get(trials.size() - 1));
    }
    return trials;
  }

  private static double rate(Suggestion suggestion) {
    return -Math.abs(Math.log10(suggestion.parameters().real("rate")) + 2);
  }

  @Test
  void aGridTriesEveryCombinationOnce() {
    var grid = new GridSearch(SPACE, 4, 1);
    List<Trial> trials = run(grid, SearchersTest::rate);
    // Four rates, three layers, and Adam or SGD with four momenta.
    assertEquals(4 * 3 * (1 + 4), trials.size());
    assertEquals(grid.trials(), trials.size());
    assertEquals(60, new HashSet<>(trials.stream().map(Trial::parameters).toList()).size());
    assertEquals(1e-2, grid.recommend().real("rate"), 1e-9);
    assertThrows(IllegalArgumentException.class, () -> new GridSearch(SPACE, 1_000, 1));
    assertThrows(IllegalArgumentException.class, () -> new GridSearch(SPACE, 0, 1));
  }

  @Test
  void aGridMayBeFinerInOneDimensionThanInAnother() {
    var grid = new GridSearch(SPACE, List.of(5, 2, 1, 1), 1);
    List<Trial> trials = run(grid, SearchersTest::rate);
    // Five rates, two layers, and Adam or SGD with one momentum.
    assertEquals(5 * 2 * (1 + 1), trials.size());
    assertEquals(5, trials.stream().map(t -> t.parameters().real("rate")).distinct().count());
    assertEquals("GridSearch of [5, 2, 1, 1] points", grid.toString());
    List<Integer> tooFew = List.of(5, 2);
    assertThrows(IllegalArgumentException.class, () -> new GridSearch(SPACE, tooFew, 1));
    List<Integer> none = List.of(5, 2, 1, 0);
    assertThrows(IllegalArgumentException.class, () -> new GridSearch(SPACE, none, 1));
  }

  @Test
  void aStoppedGridHasSeenAllRegions() {
    var grid = new GridSearch(Space.of(Dimension.whole("x", 0, 999)), 1_000, 1);
    double mean = 0;
    for (int i = 0; i < 100; i++) {
      mean += grid.ask().orElseThrow().parameters().whole("x") / 100.0;
    }
    assertEquals(499.5, mean, 90);
  }

  @Test
  void randomRatesAreUniformInTheirLogarithm() {
    List<Trial> trials = run(new RandomSearch(SPACE, 2_000, 3), SearchersTest::rate);
    double[] exponents =
        trials.stream().mapToDouble(t -> Math.log10(t.parameters().real("rate"))).toArray();
    var uniform = new UniformRealDistribution(-4, -1);
    double probability = new KolmogorovSmirnovTest().kolmogorovSmirnovTest(uniform, exponents);
    assertTrue(probability > 0.01, "p = " + probability);
    assertEquals(2_000, trials.stream().map(t -> t.suggestion().seed()).distinct().count());
    List<Trial> again = run(new RandomSearch(SPACE, 2_000, 3), SearchersTest::rate);
    assertEquals(trials, again);
    assertNotEquals(trials, run(new RandomSearch(SPACE, 2_000, 4), SearchersTest::rate));
  }

  @Test
  void aSearchGoesOnWhereAnotherEnded() {
    var whole = new RandomSearch(SPACE, 9, 1);
    List<Trial> trials = run(whole, SearchersTest::rate);
    var second = new RandomSearch(SPACE, 9, 1);
    trials.stream().filter(t -> t.number() != 4 && t.number() < 8).forEach(second::tell);
    List<Trial> rest = run(second, SearchersTest::rate);
    assertEquals(List.of(trials.get(3), trials.get(7), trials.get(8)), rest);
    assertEquals(whole.recommend(), second.recommend());
  }

  @Test
  void halvingSpendsAsMuchInEachRoundAndKeepsTheBest() {
    var halving = new SuccessiveHalving(SPACE, 27, 3, 3, 1);
    List<Trial> trials = run(halving, SearchersTest::rate);
    assertEquals(27 + 9 + 3, trials.size());
    assertEquals(halving.trials(), trials.size());
    for (int round = 0; round < 3; round++) {
      double resource = Math.pow(3, round - 2);
      List<Trial> ofRound =
          trials.stream().filter(t -> t.suggestion().resource() == resource).toList();
      assertEquals(3, ofRound.stream().mapToDouble(t -> t.suggestion().resource()).sum(), 1e-12);
    }
    List<Double> best = trials.subList(0, 27).stream().map(Trial::value).sorted().toList();
    List<Double> kept = trials.subList(27, 36).stream().map(Trial::value).sorted().toList();
    assertEquals(best.subList(18, 27), kept);
    assertEquals(trials.get(36).parameters(), halving.recommend());
    assertThrows(IllegalArgumentException.class, () -> new SuccessiveHalving(SPACE, 8, 3, 3, 1));
    assertThrows(IllegalArgumentException.class, () -> new SuccessiveHalving(SPACE, 8, 1, 3, 1));
    assertThrows(IllegalArgumentException.class, () -> new SuccessiveHalving(SPACE, 8, 2, 0, 1));
  }

  @Test
  void aRoundOfHalvingWaitsForTheOneBefore() {
    var halving = new SuccessiveHalving(SPACE, 4, 2, 2, 1);
    List<Suggestion> asked = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      asked.add(halving.ask().orElseThrow());
    }
    assertEquals(Optional.empty(), halving.ask());
    asked.stream().skip(1).forEach(each -> halving.tell(trial(each, each.number())));
    assertEquals(Optional.empty(), halving.ask());
    halving.tell(trial(asked.get(0), 0));
    assertEquals(asked.get(3).parameters(), halving.ask().orElseThrow().parameters());
    assertEquals(asked.get(2).parameters(), halving.ask().orElseThrow().parameters());
    assertEquals(Optional.empty(), halving.ask());
  }

  @Test
  void whatFailedGoesOnOnlyWhereNothingElseIsLeft() {
    var halving = new SuccessiveHalving(SPACE, 4, 2, 3, 1);
    List<Trial> trials = run(halving, each -> each.number() == 3 ? 0.5 : Double.NaN);
    assertEquals(4 + 2, trials.size(), "the second round fails as a whole");
    assertEquals(trials.get(2).parameters(), trials.get(4).parameters());
    var hopeless = new SuccessiveHalving(SPACE, 4, 2, 3, 1);
    assertEquals(4, run(hopeless, each -> Double.NaN).size());
    var error = assertThrows(IllegalStateException.class, hopeless::recommend);
    assertTrue(error.getMessage().contains("no luck"), error.getMessage());
  }
}
