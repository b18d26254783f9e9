package journey.nn;

/**
 * How a network does on some examples.
 *
 * @param loss the mean loss, without penalties
 * @param accuracy the share of right answers, from 0 to 1; NaN where targets are numbers, and where
 *     the loss is not finite, for then there are no answers
 */
public record Score(double loss, double accuracy) {

  public Score {
    if (!Double.isFinite(loss)) {
      accuracy = Double.NaN;
    }
  }
}
