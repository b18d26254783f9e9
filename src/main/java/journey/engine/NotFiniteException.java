package journey.engine;

/** A network's parameters have become infinite or not a number. */
public final class NotFiniteException extends ArithmeticException {

  private static final long serialVersionUID = 1;

  NotFiniteException(String message) {
    super(message);
  }
}
