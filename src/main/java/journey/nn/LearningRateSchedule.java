package journey.nn;

import java.io.Serializable;
import journey.nn.kernel.Amounts;

/** The learning rate in the course of training. */
@FunctionalInterface
public interface LearningRateSchedule extends Serializable {

  /** The learning rate when {@code progress} of the training is done, from 0 to 1. */
  double at(double progress);

  /**
   * The same rate, if it is one that a step can be made with.
   *
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  static double valid(double rate) {
    return Amounts.require("a learning rate", rate);
  }

  /**
   * The same all the time.
   *
   * @throws IllegalArgumentException if the rate is not {@link #valid}
   */
  static LearningRateSchedule constant(double rate) {
    valid(rate);
    return progress -> rate;
  }

  /**
   * From {@code rate} down to zero along half a cosine.
   *
   * @throws IllegalArgumentException if the rate is not {@link #valid}
   */
  static LearningRateSchedule cosine(double rate) {
    valid(rate);
    return progress -> rate * (1 + Math.cos(Math.PI * progress)) / 2;
  }

  /**
   * From 4 % of {@code peak} up to it in the first part of the training, then down to zero along
   * half a cosine.
   *
   * @param warmUp how large the first part is, from 0 to below 1
   * @throws IllegalArgumentException if it is not in that range, or the peak is not {@link #valid}
   * @see <a href="https://arxiv.org/abs/1708.07120">Smith and Topin, 2018</a>
   */
  static LearningRateSchedule oneCycle(double peak, double warmUp) {
    if (!(warmUp >= 0 && warmUp < 1)) {
      throw new IllegalArgumentException("warmUp must be in [0, 1), but it is " + warmUp);
    }
    valid(peak);
    return progress ->
        progress < warmUp
            ? peak * (0.04 + 0.96 * progress / warmUp)
            : cosine(peak).at((progress - warmUp) / (1 - warmUp));
  }
}
