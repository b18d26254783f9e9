package journey.engine.onednn;

/** What a program is told before each run, and what it answers beside its tensors. */
final class StepInput {

  private long randomness;
  private float[] targets = {};
  private double loss;

  /** The number from which this run's random numbers follow. */
  long randomness() {
    return randomness;
  }

  /** Targets, one row per example. */
  float[] targets() {
    return targets;
  }

  /** The loss, summed over the examples. */
  double loss() {
    return loss;
  }

  void set(float[] newTargets, long newRandomness) {
    targets = newTargets;
    randomness = newRandomness;
  }

  void loss(double sum) {
    loss = sum;
  }
}
