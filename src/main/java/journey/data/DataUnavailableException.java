package journey.data;

/**
 * A data set is neither on this machine nor to be had from any of its addresses; nothing is wrong
 * with what lies here. Its message says why.
 */
public final class DataUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DataUnavailableException(String message) {
    super(message);
  }
}
