package journey.cnn;

import journey.data.Augmentation;
import journey.data.Augmentation.Border;
import journey.data.Augmentation.Flip;
import journey.nn.LearningRateSchedule;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/** How each architecture is trained, in a given number of epochs. */
public final class Recipes {

  /** The weight decay of airbench94: the share of a weight taken away at a learning rate of 1. */
  public static final double FAST_DECAY = 0.0153 / 11.5;

  /** The momentum of airbench94. */
  public static final double FAST_MOMENTUM = 0.85;

  private Recipes() {}

  /** For {@link BasicCnn}: AdamW and mirrored pictures; 10 epochs are enough. */
  public static Recipe basic(double epochs) {
    return new Recipe(
        epochs,
        128,
        new Adam(1e-3),
        new WeightDecay(0.01, true),
        LearningRateSchedule.cosine(1),
        0,
        new Augmentation(0, Border.ZERO, Flip.RANDOM, 0),
        WeightAveraging.NONE);
  }

  /** For {@link ImprovedCnn}: Nesterov's momentum in one cycle; 12 epochs are enough. */
  public static Recipe improved(double epochs) {
    return oneCycle(epochs, 128, 0.1);
  }

  /** For {@link ResidualCnn}: the same in larger batches; 12 epochs are enough. */
  public static Recipe residual(double epochs) {
    return oneCycle(epochs, 256, 0.2);
  }

  private static Recipe oneCycle(double epochs, int batchSize, double peak) {
    return new Recipe(
        epochs,
        batchSize,
        new Nesterovs(peak, 0.9),
        new L2Regularization(5e-4),
        LearningRateSchedule.oneCycle(1, 0.25),
        0.1,
        new Augmentation(2, Border.ZERO, Flip.RANDOM, 0),
        WeightAveraging.NONE);
  }

  /**
   * For {@link FastCnn}: the recipe of airbench94, made for 9.9 epochs. Its learning rate η = 11.5
   * / (1024 · (1 + 1/(1 − 0.85))) is for gradients summed over a batch of B, and its decay is B ·
   * 0.0153/11.5 · η a step; for averaged gradients, the rate is B·η and the decay 0.0153/11.5.
   *
   * @see <a href="https://arxiv.org/abs/2404.00498">Jordan, 2024</a>
   */
  public static Recipe fast(double epochs) {
    int batchSize = epochs >= 9 ? 1024 : 512;
    double rate = 11.5 * batchSize / (1024 * (1 + 1 / (1 - FAST_MOMENTUM)));
    return new Recipe(
        epochs,
        batchSize,
        new Nesterovs(rate, FAST_MOMENTUM),
        new L2Regularization(FAST_DECAY),
        triangle(0.2, 0.23, 0.07),
        0.2,
        new Augmentation(2, Border.REFLECT, Flip.ALTERNATING, 0),
        new WeightAveraging(5, Math.pow(0.95, 5), true));
  }

  /** Rises linearly from {@code start} to 1 at {@code peak}, then falls to {@code end}. */
  private static LearningRateSchedule triangle(double start, double peak, double end) {
    return progress ->
        progress < peak
            ? start + (1 - start) * progress / peak
            : 1 + (end - 1) * (progress - peak) / (1 - peak);
  }
}
