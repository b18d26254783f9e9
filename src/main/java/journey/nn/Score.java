package journey.nn;

/**
 * How a network does on some examples.
 *
 * @param loss the mean loss, without penalties
 * @param accuracy the share of right answers, from 0 to 1; NaN where targets are numbers
 */
public record Score(double loss, double accuracy) {}
