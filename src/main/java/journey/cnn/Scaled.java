package journey.cnn;

import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Multiples of a recipe's learning rate and weight decay, for layers that need their own. */
public final class Scaled {

  private Scaled() {}

  /** A copy of the updater with a multiple of its learning rate. */
  public static IUpdater rate(IUpdater updater, double factor) {
    IUpdater copy = updater.clone();
    copy.setLrAndSchedule(factor * updater.getLearningRate(0, 0), null);
    return copy;
  }

  /**
   * A multiple of an L2 regularisation.
   *
   * @throws IllegalArgumentException if it is another regularisation
   */
  public static Regularization decay(Regularization decay, double factor) {
    if (decay instanceof L2Regularization l2) {
      return new L2Regularization(factor * l2.getL2().valueAt(0, 0));
    }
    throw new IllegalArgumentException(
        "The weight decay must be an L2Regularization, but it is a "
            + decay.getClass().getSimpleName()
            + "; give the recipe one");
  }
}
