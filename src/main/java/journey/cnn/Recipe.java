package journey.cnn;

import java.io.Serializable;
import java.util.Objects;
import journey.data.Augmentation;
import journey.nn.LearningRateSchedule;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * How a network is trained.
 *
 * @param epochs passes over the training pictures; the last may be cut short
 * @param batchSize pictures per step
 * @param updater the update rule with its peak learning rate, for gradients averaged over a batch
 * @param weightDecay pulls the weights towards zero; biases and batch norms are left alone
 * @param schedule the learning rate over the course of the training, as a share of the peak
 * @param labelSmoothing the share of the target that is spread evenly over all classes, from 0 to
 *     below 1
 * @param augmentation how the pictures are changed at random
 * @param muon how the filters learn, if not by the updater
 */
public record Recipe(
    double epochs,
    int batchSize,
    IUpdater updater,
    Regularization weightDecay,
    LearningRateSchedule schedule,
    double labelSmoothing,
    Augmentation augmentation,
    MuonSettings muon)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if a number is out of range
   * @throws NullPointerException if there is nothing where something must be
   */
  public Recipe {
    Objects.requireNonNull(updater, "a recipe needs an updater, but it is null");
    Objects.requireNonNull(weightDecay, "a recipe needs a weight decay, but it is null");
    Objects.requireNonNull(schedule, "a recipe needs a schedule, but it is null");
    Objects.requireNonNull(augmentation, "a recipe needs an augmentation (NONE), but it is null");
    Objects.requireNonNull(muon, "a recipe needs settings of Muon (NONE), but they are null");
    if (updater.hasLearningRate()) {
      double rate = updater.getLearningRate(0, 0);
      require(rate >= 0 && Double.isFinite(rate), "learning rate", "at least 0 and finite", rate);
    }
    require(epochs > 0 && Double.isFinite(epochs), "epochs", "above 0", epochs);
    require(batchSize >= 1, "batch size", "at least 1", batchSize);
    require(
        labelSmoothing >= 0 && labelSmoothing < 1, "label smoothing", "in [0, 1)", labelSmoothing);
  }

  static void require(boolean condition, String name, String range, double value) {
    if (!condition) {
      throw new IllegalArgumentException(
          "the %s must be %s, but it is %s".formatted(name, range, value));
    }
  }
}
