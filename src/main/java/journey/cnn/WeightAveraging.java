package journey.cnn;

/**
 * Exponential moving average of all parameters: average ← α·average + (1 − α)·parameters.
 *
 * @param every how many steps lie between one average and the next; 0 for none
 * @param decay α at the end of the training
 * @param lookahead whether the training goes on from the average (and α rises from 0 with the third
 *     power of the progress), or the average is only kept beside it and used at the end
 */
public record WeightAveraging(int every, double decay, boolean lookahead) {

  /** No average. */
  public static final WeightAveraging NONE = new WeightAveraging(0, 0, false);

  boolean on() {
    return every > 0;
  }
}
