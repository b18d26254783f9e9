package journey.metrics;

import java.util.Locale;

/**
 * A figure measured on some examples, with the interval that says how far to trust it.
 *
 * @param value the figure; NaN where it is not defined, such as the recall of a class that does not
 *     occur
 * @param count how many examples it rests on: all of them for an accuracy, those of the class for
 *     its recall, those taken for the class for its precision
 * @param interval its 95 % interval, or null if there is none
 */
public record Estimate(double value, long count, Interval interval) {

  /** What stands for a figure that is not defined. */
  public static final String UNDEFINED = "–";

  /**
   * The share {@code successes / count} with its Wilson interval; undefined if {@code count} is 0.
   *
   * @throws IllegalArgumentException unless {@code 0 <= successes <= count}
   */
  public static Estimate proportion(long successes, long count) {
    if (count == 0 && successes == 0) {
      return new Estimate(Double.NaN, 0, null);
    }
    Interval interval = Interval.wilson(successes, count);
    return new Estimate((double) successes / count, count, interval);
  }

  /** Whether the figure exists. */
  public boolean isDefined() {
    return !Double.isNaN(value);
  }

  /** Such as {@code 0.9130 [0.8939, 0.9289]}; {@value #UNDEFINED} if it is not defined. */
  @Override
  public String toString() {
    if (!isDefined()) {
      return UNDEFINED;
    }
    String figure = String.format(Locale.ROOT, "%.4f", value);
    return interval == null ? figure : figure + " " + interval;
  }
}
