package journey.metrics;

import java.io.Serializable;
import java.util.Locale;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;

/**
 * A confidence interval. It holds with 95 %; where several are compared, all of them do at once.
 *
 * @param low its lower end
 * @param high its upper end, not below {@code low}
 */
public record Interval(double low, double high) implements Serializable {

  /**
   * @throws IllegalArgumentException if an end is not a number or {@code low} is above {@code high}
   */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "an interval needs low <= high, but low is %s and high is %s".formatted(low, high));
    }
  }

  /**
   * Wilson's interval for a proportion. It stays within [0, 1] and holds its 95 % also where the
   * proportion is near 0 or 1, or the count is small.
   *
   * @throws IllegalArgumentException unless {@code 0 <= successes <= count} and {@code count > 0}
   * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">E. B. Wilson, Probable Inference,
   *     the Law of Succession, and Statistical Inference, JASA 22 (1927)</a>
   */
  static Interval wilson(int successes, int count) {
    var ends = new WilsonScoreInterval().createInterval(count, successes, 0.95);
    // At 0 and at 1 the ends are exact; the formula has a rounding error there.
    return new Interval(
        successes == 0 ? 0 : ends.getLowerBound(), successes == count ? 1 : ends.getUpperBound());
  }

  /**
   * Student's t interval for the mean of the distribution the values were drawn from, such as the
   * accuracies of one network from several seeds. Few values make it wide: with three it reaches
   * 2.5 standard deviations to either side.
   *
   * @throws IllegalArgumentException if there are fewer than two values
   * @see <a href="https://doi.org/10.1093/biomet/6.1.1">Student, The Probable Error of a Mean,
   *     Biometrika 6 (1908)</a>
   */
  static Interval ofMean(double... values) {
    return ofMean(values, 1);
  }

  /**
   * The same for one of several means that are judged side by side. If each missed in one case of
   * twenty, some of them would miss more often; so each is widened until all hold at once with 95
   * %.
   *
   * @param comparisons how many there are, at least 1
   * @throws IllegalArgumentException if there are fewer than two values
   * @see <a href="https://doi.org/10.1080/01621459.1961.10482090">O. J. Dunn, Multiple Comparisons
   *     among Means, JASA 56 (1961)</a>, with Bonferroni's inequality
   */
  static Interval ofMean(double[] values, int comparisons) {
    double each = 1 - 0.05 / (2 * comparisons);
    double t = new TDistribution(values.length - 1).inverseCumulativeProbability(each);
    double half = t * Math.sqrt(StatUtils.variance(values) / values.length);
    double mean = StatUtils.mean(values);
    return new Interval(mean - half, mean + half);
  }

  /** Such as {@code [0.8939, 0.9289]}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "[%.4f, %.4f]", low, high);
  }
}
