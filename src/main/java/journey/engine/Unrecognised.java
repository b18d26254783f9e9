package journey.engine;

/** A network has something that cannot be accelerated; the message names it. */
final class Unrecognised extends Exception {

  private static final long serialVersionUID = 1;

  Unrecognised(String message) {
    super(message);
  }
}
