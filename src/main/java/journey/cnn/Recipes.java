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

  /** The learning rate of biases in airbench94, for gradients summed over a batch. */
  public static final double FAST_RATE = 0.053;

  /** The momentum of airbench94, but for filters. */
  public static final double FAST_MOMENTUM = 0.85;

  /** The weight decay of airbench94, per picture: what a step takes from a weight, at any rate. */
  public static final double FAST_DECAY = 2e-6;

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
        MuonSettings.NONE);
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
        MuonSettings.NONE);
  }

  /**
   * For {@link FastCnn}: the recipe of airbench94 with Muon, made for 8 epochs in batches of 2,000.
   *
   * <p>Its rate of 0.053 for biases and its decay of 2e-6·B a step are for gradients summed over a
   * batch of B; for averaged gradients the rate is 0.053·B and the decay 2e-6/0.053. In smaller
   * batches there are more steps, and Muon's are as long whatever the gradient: they get shorter
   * with the square root of the batch, and their momentum fades within as many pictures.
   *
   * @see <a href="https://github.com/KellerJordan/cifar10-airbench">Jordan, 2024:
   *     airbench94_muon</a>
   */
  public static Recipe fast(double epochs) {
    int batchSize = epochs >= 6 ? 1000 : 500;
    double share = batchSize / 2000.0;
    return new Recipe(
        epochs,
        batchSize,
        new Nesterovs(FAST_RATE * batchSize, FAST_MOMENTUM),
        new L2Regularization(FAST_DECAY / FAST_RATE),
        progress -> 1 - progress,
        0.2,
        new Augmentation(2, Border.REFLECT, Flip.ALTERNATING, 0),
        new MuonSettings(0.24 * Math.sqrt(share), Math.pow(0.6, share)));
  }
}
