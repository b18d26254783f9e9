package journey.cnn;

import java.util.Locale;

/**
 * The steps of a training: batches, one after another, in epochs counted from 1.
 *
 * @param pictures in an epoch
 * @param batchSize pictures per step; the last step of an epoch may have fewer
 * @param epochs how many there are; the training may end within one
 */
record TrainingSteps(int pictures, int batchSize, double epochs) {

  /** Years of work on any machine, and few enough to look at the schedule of each. */
  private static final int MOST = 100_000_000;

  /**
   * @throws IllegalArgumentException if there are too many steps to be counted and done
   */
  TrainingSteps {
    Recipe.require(pictures >= 1, "number of pictures", "at least 1", pictures);
    double steps = epochs * perEpoch(pictures, batchSize);
    if (!(steps <= MOST)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%,.0f epochs of %,d steps each are too many: a training can have at most %,d steps. Choose at most %,.0f epochs",
              epochs,
              perEpoch(pictures, batchSize),
              MOST,
              Math.max(1, Math.floor((double) MOST / perEpoch(pictures, batchSize)))));
    }
  }

  private static int perEpoch(int pictures, int batchSize) {
    return (pictures - 1) / batchSize + 1;
  }

  /** Steps in an epoch, with the short one. */
  int perEpoch() {
    return perEpoch(pictures, batchSize);
  }

  /** Steps in all: those of whole epochs, and the nearest number to the rest. */
  int total() {
    int whole = (int) Math.floor(epochs);
    return Math.max(1, whole * perEpoch() + (int) Math.round((epochs - whole) * perEpoch()));
  }

  /** Steps done when this epoch is over; 0 for epoch 0, the start. */
  int endOf(int epoch) {
    return (int) Math.min(total(), (long) epoch * perEpoch());
  }

  /** How much of the training is done after this many steps, from 0 to 1. */
  double progress(int steps) {
    return (double) steps / total();
  }

  /** Epochs done after this many steps, with fraction. */
  double epochsAfter(int steps) {
    return (double) steps / perEpoch();
  }

  /** Pictures the network has learned from after this many steps. */
  long picturesAfter(int steps) {
    int inEpoch = Math.min(pictures, steps % perEpoch() * batchSize);
    return (long) (steps / perEpoch()) * pictures + inEpoch;
  }
}
