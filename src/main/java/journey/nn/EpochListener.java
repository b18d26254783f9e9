package journey.nn;

/** Hears that an epoch of training is over: to measure, to draw a curve, to stop early. */
@FunctionalInterface
public interface EpochListener {

  /**
   * An epoch has ended, the first being 1.
   *
   * @return whether to go on
   */
  boolean goOnAfter(int epoch);
}
