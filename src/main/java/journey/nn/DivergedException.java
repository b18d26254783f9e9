package journey.nn;

/** Training has left the finite numbers: says where. */
public final class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says where. */
  public DivergedException(String message) {
    super(message);
  }
}
