package journey.metrics;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.stat.StatUtils;

/**
 * A value measured on some examples, with the interval that says how far to trust it.
 *
 * @param value the value; NaN where it is not defined, such as the recall of a class that does not
 *     occur
 * @param count the number of examples it rests on: all of them for an accuracy, those of the class
 *     for its recall, those taken for the class for its precision; for a mean, the number of runs
 * @param interval the 95 % interval, or null if there is none
 */
public record Estimate(double value, long count, Interval interval) implements Serializable {

  /** Stands in texts and tables for a value that is not defined. */
  public static final String UNDEFINED = "–";

  /**
   * The share {@code successes / count} with its Wilson interval; undefined if {@code count} is 0.
   *
   * @throws IllegalArgumentException unless {@code 0 <= successes <= count}
   */
  public static Estimate proportion(int successes, int count) {
    if (count == 0 && successes == 0) {
      return new Estimate(Double.NaN, 0, null);
    }
    Interval interval = Interval.wilson(successes, count);
    return new Estimate((double) successes / count, count, interval);
  }

  /**
   * The mean of several runs that differ only in their seed, with Student's t interval; a single
   * run has none. To compare two methods that ran with the same seeds, take the mean of the
   * differences: where its interval lies on one side of 0, the better method does not owe its lead
   * to the seeds.
   *
   * @return an estimate that counts the runs
   * @throws IllegalArgumentException if there are none, or one is not finite
   */
  public static Estimate mean(double... runs) {
    if (runs.length == 0 || !Arrays.stream(runs).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "a mean needs one or more finite values, but found %s".formatted(Arrays.toString(runs)));
    }
    Interval interval = runs.length == 1 ? null : Interval.ofMean(runs);
    return new Estimate(StatUtils.mean(runs), runs.length, interval);
  }

  /** Whether the value exists. */
  public boolean isDefined() {
    return !Double.isNaN(value);
  }

  /** Such as {@code 0.9130 [0.8939, 0.9289]}; {@value #UNDEFINED} if it is not defined. */
  @Override
  public String toString() {
    if (!isDefined()) {
      return UNDEFINED;
    }
    String text = String.format(Locale.ROOT, "%.4f", value);
    return interval == null ? text : text + " " + interval;
  }
}
