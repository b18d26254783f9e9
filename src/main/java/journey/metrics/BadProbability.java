package journey.metrics;

/** What to do about a number that is no probability. */
final class BadProbability {

  private BadProbability() {}

  /** The advice for such a number where this activation's output was expected. */
  static String advice(double number, String activation) {
    return Double.isNaN(number)
        ? "The training has diverged: try a smaller learning rate"
        : "Pass the %s's output, not its input".formatted(activation);
  }
}
