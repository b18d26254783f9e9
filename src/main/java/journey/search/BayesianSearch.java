package journey.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * Tries where the most is to be expected, by what a Gaussian process makes of all trials so far.
 * Some first trials are spread evenly (Sobol's sequence, shifted at random). Then each goes where
 * the expected improvement over the best value believed in is largest. A trial that failed counts
 * as bad as the worst that did not.
 *
 * @see <a href="https://doi.org/10.1023/A:1008306431147">D. R. Jones, M. Schonlau, W. J. Welch,
 *     Efficient Global Optimization of Expensive Black-Box Functions, Journal of Global
 *     Optimization 13 (1998)</a>
 * @see <a href="https://arxiv.org/abs/1206.2944">J. Snoek, H. Larochelle, R. P. Adams, Practical
 *     Bayesian Optimization of Machine Learning Algorithms, NIPS (2012)</a>
 */
public final class BayesianSearch extends NumberedSearcher {

  private static final int LEAST_FIRST = 5;
  private static final int FIRST_PER_DIMENSION = 2;
  private static final int CANDIDATES = 300;
  private static final double STEP = 0.1;
  private static final int STEPS_PER_DIMENSION = 30;

  private final int first;
  private final SobolSequenceGenerator sobol;
  private final double[] shift;

  /** The process, and what it was made from. */
  private record Model(List<Trial> trials, double[] scores, GaussianProcess process) {}

  /**
   * A search.
   *
   * @throws IllegalArgumentException if there is no trial
   */
  public BayesianSearch(Space space, int trials, long seed) {
    super(space, trials, seed);
    this.first = Math.max(LEAST_FIRST, FIRST_PER_DIMENSION * space.size());
    this.sobol = new SobolSequenceGenerator(space.size());
    this.shift = new SplittableRandom(seed).doubles(space.size()).toArray();
  }

  @Override
  Optional<Parameters> propose(int number, SplittableRandom random) {
    if (number <= first || done().size() < 2) {
      return Optional.of(spread(number));
    }
    Model model = model();
    List<double[]> underWay =
        running().values().stream().map(each -> space().features(each.parameters())).toList();
    GaussianProcess process = model.process.believing(model.scores, underWay);
    Trial best = best(model);
    double level = process.predict(space().features(best.parameters())).mean();
    return Optional.of(
        highest(
            places -> process.predict(features(places)).expectedImprovement(level), best, random));
  }

  private Parameters spread(int number) {
    double[] point = sobol.skipTo(number);
    return space()
        .at(IntStream.range(0, point.length).mapToDouble(i -> (point[i] + shift[i]) % 1).toArray());
  }

  private double[] features(double[] places) {
    return space().features(space().at(places));
  }

  private List<Trial> done() {
    return told().values().stream().filter(Trial::isDone).toList();
  }

  private Model model() {
    List<Trial> trials = List.copyOf(told().values());
    double worst = done().stream().mapToDouble(Trial::value).min().orElseThrow();
    double[][] x =
        trials.stream().map(each -> space().features(each.parameters())).toArray(double[][]::new);
    double[] y = trials.stream().mapToDouble(t -> t.isDone() ? t.value() : worst).toArray();
    var process = GaussianProcess.fit(x, y, space().dimensionsOfFeatures());
    return new Model(trials, y, process);
  }

  /**
   * The trial where the process believes in the highest value; luck of a measurement is no help.
   */
  private Trial best(Model model) {
    return model.trials.stream()
        .filter(Trial::isDone)
        .max(
            Comparator.comparingDouble(
                t -> model.process.predict(space().features(t.parameters())).mean()))
        .orElseThrow();
  }

  /** The parameters where a function of places is highest: near the best trial or anywhere else. */
  private Parameters highest(MultivariateFunction function, Trial best, SplittableRandom random) {
    int size = space().size();
    double[] anywhere =
        highest(Stream.generate(() -> random.doubles(size).toArray()).limit(CANDIDATES), function);
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    var maximizer =
        new Maximizer(new double[size], ones, STEP, STEPS_PER_DIMENSION * size, random.nextLong());
    Stream<double[]> starts = Stream.of(anywhere, space().places(best.parameters()));
    return space().at(highest(starts.map(each -> maximizer.maximize(function, each)), function));
  }

  private static double[] highest(Stream<double[]> points, MultivariateFunction function) {
    return points
        .map(point -> Map.entry(function.value(point), point))
        .max(Map.Entry.comparingByKey())
        .orElseThrow()
        .getValue();
  }

  /** The tried parameters where the process believes in the highest score. */
  @Override
  public Parameters recommend() {
    return done().size() < 2 ? super.recommend() : best(model()).parameters();
  }

  /**
   * What the process believes over two numbers, all other parameters being as recommended.
   *
   * @param points how many values of each to take
   * @return a row for each of {@code points * points} combinations: the two numbers, {@code mean}
   *     and {@code deviation} of the score
   * @throws IllegalArgumentException if the space has no numbers of these names
   * @throws IllegalStateException if fewer than two trials have a score
   */
  public Table surface(String x, String y, int points) {
    if (done().size() < 2) {
      throw new IllegalStateException(
          "two trials must have a score before there is something to believe in, but %d have"
              .formatted(done().size()));
    }
    Model model = model();
    double[] places = space().places(best(model).parameters());
    int i = number(x);
    int j = number(y);
    var columns = Stream.of(x, y, "mean", "deviation").map(DoubleColumn::create).toList();
    for (int row = 0; row < points; row++) {
      for (int column = 0; column < points; column++) {
        places[i] = column / (points - 1.0);
        places[j] = row / (points - 1.0);
        Parameters parameters = space().at(places);
        var prediction = model.process.predict(space().features(parameters));
        columns.get(0).append(parameters.real(x));
        columns.get(1).append(parameters.real(y));
        columns.get(2).append(prediction.mean());
        columns.get(3).append(prediction.deviation());
      }
    }
    return Table.create("surface", columns.toArray(DoubleColumn[]::new));
  }

  private int number(String name) {
    return IntStream.range(0, space().size())
        .filter(i -> space().dimensions().get(i).name().equals(name))
        .filter(i -> !space().dimensions().get(i).isChoice())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no number \"%s\" in the space %s".formatted(name, space())));
  }
}
