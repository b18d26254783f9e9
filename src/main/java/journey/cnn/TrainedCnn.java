package journey.cnn;

import journey.metrics.TrainingHistory;

/**
 * The result of a training.
 *
 * @param classifier the network, ready to classify pictures
 * @param history loss and accuracy after each epoch
 * @param ending why the training ended
 * @param seconds how long the training took, including the earlier runs it was resumed from, but
 *     without the evaluations on validation
 * @param imagesPerSecond the speed of the training; NaN if there was no step
 * @param runner what ran the network
 */
public record TrainedCnn(
    CnnClassifier classifier,
    TrainingHistory history,
    Ending ending,
    double seconds,
    double imagesPerSecond,
    String runner) {

  /** Why a training ended. */
  public enum Ending {
    /** All epochs of the recipe are done. */
    COMPLETE,
    /** The time budget was used up first. */
    OUT_OF_TIME,
    /** The listener asked to stop. */
    STOPPED_BY_LISTENER,
    /** The thread was interrupted: the network is as the batch in hand left it. */
    INTERRUPTED
  }
}
