package journey.cnn;

/**
 * Where a training stands after so many steps.
 *
 * @param pictures in an epoch
 * @param batchSize pictures per step; the last step of an epoch may have fewer
 * @param epochs how many there are; may end within one
 */
record TrainingSteps(int pictures, int batchSize, double epochs) {

  /** Steps in an epoch, with the short one. */
  int perEpoch() {
    return (pictures - 1) / batchSize + 1;
  }

  /** Steps in all: those of whole epochs, and the nearest number to the rest. */
  int total() {
    int whole = (int) Math.floor(epochs);
    return Math.max(1, whole * perEpoch() + (int) Math.round((epochs - whole) * perEpoch()));
  }

  /** Epochs that are begun, the last of which may be cut short. */
  int epochsBegun() {
    return (total() - 1) / perEpoch() + 1;
  }

  /** The first step of an epoch, both counted from 0; for one past the last, all steps. */
  int firstOf(int epoch) {
    return Math.min(total(), epoch * perEpoch());
  }

  /** How much of the training is done after this many steps, from 0 to 1. */
  double progress(int steps) {
    return (double) steps / total();
  }

  /** Epochs after this many steps, with fraction. */
  double epoch(int steps) {
    return (double) steps / perEpoch();
  }

  /** Pictures the network has learned from after this many steps. */
  long picturesAfter(int steps) {
    int inEpoch = Math.min(pictures, steps % perEpoch() * batchSize);
    return (long) (steps / perEpoch()) * pictures + inEpoch;
  }
}
