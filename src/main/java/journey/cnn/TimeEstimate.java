package journey.cnn;

import java.util.Optional;

/**
 * Tells how long a training is going to take, once, after its first seconds.
 *
 * <p>The first step is not counted, for it also prepares the network to be run.
 */
final class TimeEstimate {

  private static final double ENOUGH_SECONDS = 2;

  private final int stepsLeft;
  private int measured = -1;
  private double seconds;
  private boolean told;

  /** For so many steps that are still to be done. */
  TimeEstimate(int stepsLeft) {
    this.stepsLeft = stepsLeft;
  }

  /**
   * Takes in how long a step took.
   *
   * @return the estimate, if this step was the one that makes it possible
   */
  Optional<String> after(double stepSeconds) {
    measured++;
    if (told || measured == 0) {
      return Optional.empty();
    }
    seconds += stepSeconds;
    if (seconds < ENOUGH_SECONDS) {
      return Optional.empty();
    }
    told = true;
    return Optional.of("The training takes about " + text(stepsLeft * seconds / measured) + ".");
  }

  private static String text(double seconds) {
    long minutes = Math.round(seconds / 60);
    if (seconds < 90) {
      return Math.round(seconds) + " s";
    }
    return minutes < 60 ? minutes + " min" : "%s h %s min".formatted(minutes / 60, minutes % 60);
  }
}
