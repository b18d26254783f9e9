package journey.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * 95 % intervals for statistics that are no simple proportions (F1, balanced accuracy, ROC AUC), by
 * the percentile bootstrap: draw as many examples as there are, with replacement, compute the
 * statistic, repeat this 1,000 times, and take the middle 95 % of the results.
 *
 * <p>The draws are stratified: each resample holds as many examples of each class as the data. They
 * start from a fixed seed and are the same on every Java version.
 *
 * <p>To compare two classifiers, let the statistic be the difference between them for the examples
 * drawn: the luck of the draw is then in both, and cancels.
 *
 * <pre>{@code
 * Bootstrap.intervals(labels, drawn -> new double[] {after(drawn) - before(drawn)}).get(0)
 * }</pre>
 *
 * @see <a href="https://doi.org/10.1214/aos/1176344552">B. Efron, Bootstrap Methods: Another Look
 *     at the Jackknife, Annals of Statistics 7 (1979)</a>
 */
public final class Bootstrap {

  private static final int RESAMPLES = 1_000;
  private static final long SEED = 1;

  private Bootstrap() {}

  /**
   * The intervals of several statistics from the same draws.
   *
   * @param labels the class of each example, from 0 on; the strata
   * @param statistics computes the statistics of the examples at the drawn positions; its argument
   *     is reused from draw to draw. Draws for which a statistic is NaN are left out for it.
   * @return one interval for each statistic; null where it is NaN for every draw
   * @throws IllegalArgumentException if there are no examples
   */
  public static List<Interval> intervals(int[] labels, Function<int[], double[]> statistics) {
    if (labels.length == 0) {
      throw new IllegalArgumentException("expected one or more examples to draw, but found none");
    }
    int[][] strata =
        IntStream.rangeClosed(0, Arrays.stream(labels).max().orElseThrow())
            .mapToObj(c -> IntStream.range(0, labels.length).filter(i -> labels[i] == c).toArray())
            .toArray(int[][]::new);
    var random = new Random(SEED);
    int[] drawn = new int[labels.length];
    double[][] resamples = new double[RESAMPLES][];
    for (int r = 0; r < RESAMPLES; r++) {
      draw(strata, random, drawn);
      resamples[r] = statistics.apply(drawn);
    }
    return IntStream.range(0, resamples[0].length).mapToObj(s -> middle(resamples, s)).toList();
  }

  private static Interval middle(double[][] resamples, int statistic) {
    double[] defined =
        Arrays.stream(resamples)
            .mapToDouble(resample -> resample[statistic])
            .filter(value -> !Double.isNaN(value))
            .toArray();
    return defined.length == 0
        ? null
        : new Interval(StatUtils.percentile(defined, 2.5), StatUtils.percentile(defined, 97.5));
  }

  private static void draw(int[][] strata, Random random, int[] drawn) {
    int next = 0;
    for (int[] stratum : strata) {
      for (int i = 0; i < stratum.length; i++) {
        drawn[next++] = stratum[random.nextInt(stratum.length)];
      }
    }
  }
}
