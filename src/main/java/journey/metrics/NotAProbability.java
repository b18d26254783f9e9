package journey.metrics;

/** A number that is no probability where a probability was expected. */
final class NotAProbability extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  /**
   * @param what names the number
   * @param activation the activation whose output was expected
   */
  NotAProbability(String what, double number, String activation) {
    super(
        "%s is %s; it must be in [0, 1]. %s"
            .formatted(
                what,
                number,
                Double.isNaN(number)
                    ? "The training has diverged: try a smaller learning rate"
                    : "Pass the %s's output, not its input".formatted(activation)));
  }
}
