package journey.engine;

/** A graph contains something that oneDNN acceleration does not support; the message names it. */
final class UnsupportedGraphException extends Exception {

  private static final long serialVersionUID = 1;

  UnsupportedGraphException(String message) {
    super(message);
  }
}
