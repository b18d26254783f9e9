package journey.nn;

/** Is called after each epoch of training: to measure, to draw a curve, to stop early. */
@FunctionalInterface
public interface EpochListener {

  /**
   * An epoch has ended.
   *
   * @param epoch its number, the first being 1
   * @return whether to go on
   */
  boolean goOnAfter(int epoch);
}
