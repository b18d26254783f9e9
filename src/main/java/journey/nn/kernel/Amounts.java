package journey.nn.kernel;

/** Refuses numbers that no formula can go on with. */
public final class Amounts {

  private Amounts() {}

  /**
   * The same number, if it is finite and at least 0.
   *
   * @param what it is, with its article, for the message: "a learning rate"
   * @throws IllegalArgumentException if it is negative, infinite or NaN
   */
  public static double require(String what, double amount) {
    if (!(amount >= 0 && Double.isFinite(amount))) {
      throw new IllegalArgumentException(
          "%s must be finite and at least 0, but it is %s".formatted(what, amount));
    }
    return amount;
  }
}
