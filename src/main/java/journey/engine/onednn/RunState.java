package journey.engine.onednn;

/** A run's inputs and outputs other than tensors. */
final class RunState {

  /** The seed of this run's random numbers. */
  long seed;

  /** Targets, one row per example. */
  float[] targets = {};

  /** The loss, summed over the examples. */
  double loss;
}
