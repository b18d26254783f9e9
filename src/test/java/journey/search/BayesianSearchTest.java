package journey.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.Table;

class BayesianSearchTest {

  private static final int TRIALS = 40;

  private static double medianRegret(TestFunction function, LongFunction<Searcher> searcher) {
    double[] regrets =
        LongStream.range(0, 20)
            .parallel()
            .mapToDouble(
                seed -> {
                  Searcher each = searcher.apply(seed);
                  SearchersTest.run(each, s -> function.evaluate(s).value());
                  return function.regret(each.recommend());
                })
            .toArray();
    return StatUtils.percentile(regrets, 50);
  }

  @ParameterizedTest
  @CsvSource({"BRANIN, 0.05", "HARTMANN6, 0.5", "NOISY_BOWL, 0.3"})
  void itFallsLessShortThanRandomSearch(TestFunction function, double share) {
    Space space = function.space();
    double ours = medianRegret(function, seed -> new BayesianSearch(space, TRIALS, seed));
    double random = medianRegret(function, seed -> new RandomSearch(space, TRIALS, seed));
    assertTrue(ours >= 0);
    assertTrue(ours < share * random, ours + " against " + random);
  }

  @ParameterizedTest
  @CsvSource({
    "BRANIN, 3.14159265, 2.275, 0, 0, 0, 0",
    "HARTMANN6, 0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573",
    "NOISY_BOWL, 0.3, -0.4, 0.1, 0.6, 0, 0"
  })
  void theHighestPointsAreWhereTheLiteratureHasThem(
      TestFunction function, double x1, double x2, double x3, double x4, double x5, double x6) {
    double[] x = {x1, x2, x3, x4, x5, x6};
    List<Dimension> dimensions = function.space().dimensions();
    double[] places = new double[dimensions.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = dimensions.get(i).place(x[i]);
    }
    assertEquals(0, function.regret(function.space().at(places)), 1e-6);
    places[0] -= 0.01;
    assertTrue(function.regret(function.space().at(places)) > 0);
  }

  @Test
  void severalUnderWayAreNotTheSame() {
    var search = new BayesianSearch(TestFunction.BRANIN.space(), 40, 1);
    for (int i = 0; i < 12; i++) {
      Suggestion next = search.ask().orElseThrow();
      search.tell(SearchersTest.trial(next, TestFunction.BRANIN.at(next.parameters())));
    }
    Parameters first = search.ask().orElseThrow().parameters();
    Parameters second = search.ask().orElseThrow().parameters();
    double apart =
        Math.hypot(
            (first.real("x1") - second.real("x1")) / 15,
            (first.real("x2") - second.real("x2")) / 15);
    assertTrue(apart > 0.02, first + " and " + second);
  }

  @Test
  void aRegionThatFailsIsLeftAlone() {
    var search = new BayesianSearch(Space.of(Dimension.real("x", 0, 1)), 30, 1);
    List<Trial> trials =
        SearchersTest.run(
            search,
            s -> {
              double x = s.parameters().real("x");
              return x > 0.6 ? Double.NaN : x;
            });
    long failed = trials.stream().skip(10).filter(trial -> !trial.isDone()).count();
    assertTrue(failed < 10, failed + " of 20");
    assertEquals(0.6, search.recommend().real("x"), 0.05);
  }

  @Test
  void allFailingIsNoError() {
    var search = new BayesianSearch(SpaceTest.ALL, 20, 1);
    List<Trial> trials = SearchersTest.run(search, s -> Double.NaN);
    assertEquals(20, new HashSet<>(trials.stream().map(Trial::parameters).toList()).size());
    assertThrows(IllegalStateException.class, search::recommend);
    assertThrows(IllegalStateException.class, () -> search.surface("dropout", "layers", 3));
  }

  @Test
  void numbersOptionsAndConditionsGoTogether() {
    var search = new BayesianSearch(SpaceTest.ALL, 45, 2);
    SearchersTest.run(
        search,
        s -> {
          Parameters p = s.parameters();
          double bonus = p.choice("optimizer").equals("SGD") ? p.real("momentum") : 0.2;
          return bonus - Math.abs(Math.log10(p.real("learning rate")) + 2) - p.real("dropout");
        });
    Parameters best = search.recommend();
    assertEquals("SGD", best.choice("optimizer"));
    assertTrue(best.real("momentum") > 0.7, best.toString());
    assertEquals(-2, Math.log10(best.real("learning rate")), 0.3);
    assertTrue(best.real("dropout") < 0.15, best.toString());

    Table surface = search.surface("learning rate", "width", 5);
    assertEquals(25, surface.rowCount());
    assertEquals(List.of("learning rate", "width", "mean", "deviation"), surface.columnNames());
    assertEquals(1e-4, surface.doubleColumn(0).get(0), 1e-12);
    assertEquals(1e-1, surface.doubleColumn(0).get(4), 1e-12);
    assertEquals(256, surface.doubleColumn(1).get(24));
    assertThrows(IllegalArgumentException.class, () -> search.surface("optimizer", "width", 5));
    assertThrows(IllegalArgumentException.class, () -> search.surface("depth", "width", 5));
  }

  @Test
  void theSameSeedMakesTheSameSearch() {
    Set<List<Trial>> searches = new HashSet<>();
    for (long seed : new long[] {1, 1, 2}) {
      var search = new BayesianSearch(TestFunction.BRANIN.space(), 15, seed);
      searches.add(SearchersTest.run(search, s -> TestFunction.BRANIN.at(s.parameters())));
    }
    assertEquals(2, searches.size());
  }
}
