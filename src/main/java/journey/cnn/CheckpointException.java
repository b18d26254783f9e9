package journey.cnn;

/**
 * A folder's checkpoints cannot be used by this training; the message names the files, the reasons
 * and what to do.
 */
public final class CheckpointException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CheckpointException(String message) {
    super(message);
  }
}
