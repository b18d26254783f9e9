package journey.engine.onednn;

/**
 * A batch norm's running mean and variance, which inference uses, and how they follow the batches.
 *
 * @param mean the position of the first mean among all parameters
 * @param variance the position of the first variance, or of log₁₀ of the standard deviation
 * @param logarithmic whether it is the latter
 * @param decay the share of the old statistics that remains after a step
 */
public record RunningStatistics(long mean, long variance, boolean logarithmic, double decay) {

  /** Means and variances, running or of a batch. */
  record Values(Tensor mean, Tensor variance) {}

  Values stored(Program program, int channels) {
    return new Values(program.parameters(mean, channels), program.parameters(variance, channels));
  }

  /** The variances, whichever way they are stored. */
  float[] variances(Values stored, int channels) {
    float[] values = stored.variance().read(channels);
    for (int i = 0; logarithmic && i < channels; i++) {
      values[i] = (float) Math.pow(10, 2 * values[i]);
    }
    return values;
  }

  /**
   * Writes what is later subtracted from the stored statistics so that they follow the batch: this
   * is how Deeplearning4j updates them, through the array of gradients.
   */
  void follow(Program program, Values batch, int channels) {
    Values stored = stored(program, channels);
    Tensor meanChange = program.gradients(mean, channels);
    Tensor varianceChange = program.gradients(variance, channels);
    program.add(
        () -> {
          float[] old = stored.mean().read(channels);
          float[] now = batch.mean().read(channels);
          for (int i = 0; i < channels; i++) {
            old[i] = (float) ((old[i] - now[i]) * (1 - decay));
          }
          meanChange.write(old);
          varianceChange.write(
              varianceChange(variances(stored, channels), batch.variance().read(channels)));
        },
        batch.mean(),
        batch.variance());
  }

  private float[] varianceChange(float[] old, float[] now) {
    for (int i = 0; i < old.length; i++) {
      double change = (old[i] - now[i]) * (1 - decay);
      double next = decay * old[i] + (1 - decay) * now[i];
      old[i] = (float) (logarithmic ? Math.log10(old[i] / next) / 2 : change);
    }
    return old;
  }
}
