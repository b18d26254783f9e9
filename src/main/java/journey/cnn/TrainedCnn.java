package journey.cnn;

import journey.metrics.TrainingHistory;

/**
 * What a training led to. Where the recipe averages weights, the network of a training that ended
 * early, but not of one that was interrupted, is the average then, which may be some steps older
 * than what was measured last.
 *
 * @param classifier the network, ready to be asked
 * @param history loss and accuracy after each epoch
 * @param ending why the training ended
 * @param seconds what the training took, without the looks at the validation part, and with the
 *     earlier runs it went on from
 * @param imagesPerSecond how fast the network was trained; NaN if not at all
 * @param runner what it ran on
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
    /** The listener did not want to go on. */
    STOPPED_BY_LISTENER,
    /** The thread was interrupted: the network is as the batch in hand left it. */
    INTERRUPTED
  }
}
