package journey.cnn;

import org.nd4j.linalg.learning.config.IUpdater;

/** Multiples of a recipe's learning rate, for layers that need their own. */
public final class Scaled {

  private Scaled() {}

  /** A copy of the updater whose learning rate is {@code factor} times as high. */
  public static IUpdater rate(IUpdater updater, double factor) {
    IUpdater copy = updater.clone();
    copy.setLrAndSchedule(factor * updater.getLearningRate(0, 0), null);
    return copy;
  }
}
