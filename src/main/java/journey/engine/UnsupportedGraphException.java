package journey.engine;

/** A network has something that cannot be accelerated; the message names it. */
final class UnsupportedGraphException extends Exception {

  private static final long serialVersionUID = 1;

  UnsupportedGraphException(String message) {
    super(message);
  }
}
