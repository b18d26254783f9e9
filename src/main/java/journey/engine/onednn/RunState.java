package journey.engine.onednn;

/** What a program is told before a run, and what it answers beside its tensors. */
final class RunState {

  /** The seed of this run's random numbers. */
  long seed;

  /** Targets, one row per example. */
  float[] targets = {};

  /** The loss, summed over the examples. */
  double loss;
}
