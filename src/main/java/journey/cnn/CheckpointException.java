package journey.cnn;

/** A training cannot be taken up again; the message names files, the reason and what to do. */
public final class CheckpointException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CheckpointException(String message) {
    super(message);
  }
}
