package journey.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import tech.tablesaw.api.DoubleColumn;

/**
 * 95 % intervals for figures that are no simple proportions (F1, balanced accuracy, ROC AUC), by
 * the percentile bootstrap: draw as many examples as there are, with replacement, compute the
 * figure, do this {@code resamples} times, and take the middle 95 % of what came out.
 *
 * <p>The draws are stratified: each resample holds as many examples of each class as the data. They
 * are the same for the same seed on every Java version.
 *
 * @param resamples how often to draw
 * @param seed where the random numbers start
 * @see <a href="https://doi.org/10.1214/aos/1176344552">B. Efron, Bootstrap Methods: Another Look
 *     at the Jackknife, Annals of Statistics 7 (1979)</a>
 */
public record Bootstrap(int resamples, long seed) {

  /** 1,000 resamples from seed 1. */
  public static final Bootstrap DEFAULT = new Bootstrap(1_000, 1);

  /**
   * @throws IllegalArgumentException if there are fewer than 100 resamples, too few for a 2.5 %
   *     quantile
   */
  public Bootstrap {
    if (resamples < 100) {
      throw new IllegalArgumentException(
          "a 95 %% interval needs at least 100 resamples, but there are %d".formatted(resamples));
    }
  }

  /**
   * The interval of a figure.
   *
   * @param labels the class of each example, from 0 on; the strata
   * @param statistic the figure for the examples at the drawn positions; the array it is given is
   *     reused from draw to draw. Draws for which it is NaN are left out.
   * @return null if the figure is NaN for every draw
   */
  public Interval interval(int[] labels, ToDoubleFunction<int[]> statistic) {
    return intervals(labels, drawn -> new double[] {statistic.applyAsDouble(drawn)}).get(0);
  }

  /**
   * The intervals of several figures from the same draws, in the time of one.
   *
   * @param labels the class of each example, from 0 on; the strata
   * @param statistics the figures for the examples at the drawn positions, always as many; the
   *     array they are given is reused from draw to draw. Draws for which a figure is NaN are left
   *     out for it.
   * @return one interval for each figure; null where the figure is NaN for every draw
   */
  public List<Interval> intervals(int[] labels, Function<int[], double[]> statistics) {
    int[][] strata = positionsPerClass(labels);
    var random = new Random(seed);
    int[] drawn = new int[labels.length];
    double[][] figures = new double[resamples][];
    for (int r = 0; r < resamples; r++) {
      draw(strata, random, drawn);
      figures[r] = statistics.apply(drawn);
    }
    List<Interval> intervals = new ArrayList<>();
    for (int f = 0; f < figures[0].length; f++) {
      int figure = f;
      intervals.add(middle(Arrays.stream(figures).mapToDouble(row -> row[figure])));
    }
    return intervals;
  }

  private static Interval middle(DoubleStream figures) {
    double[] defined = figures.filter(figure -> !Double.isNaN(figure)).toArray();
    if (defined.length == 0) {
      return null;
    }
    DoubleColumn column = DoubleColumn.create("figure", defined);
    return new Interval(column.percentile(2.5), column.percentile(97.5));
  }

  private static void draw(int[][] strata, Random random, int[] drawn) {
    int next = 0;
    for (int[] stratum : strata) {
      for (int i = 0; i < stratum.length; i++) {
        drawn[next++] = stratum[random.nextInt(stratum.length)];
      }
    }
  }

  private static int[][] positionsPerClass(int[] labels) {
    int classes = Arrays.stream(labels).max().orElse(-1) + 1;
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    int[][] positions = new int[classes][];
    Arrays.setAll(positions, c -> new int[counts[c]]);
    int[] filled = new int[classes];
    for (int i = 0; i < labels.length; i++) {
      int c = labels[i];
      positions[c][filled[c]++] = i;
    }
    return positions;
  }
}
