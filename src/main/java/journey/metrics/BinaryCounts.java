package journey.metrics;

/**
 * How often each of two classes was taken for each: the confusion matrix of a binary classifier,
 * with class 1 as the positive one.
 *
 * @param trueNegatives class 0 taken for class 0
 * @param falsePositives class 0 taken for class 1
 * @param falseNegatives class 1 taken for class 0
 * @param truePositives class 1 taken for class 1
 */
public record BinaryCounts(
    long trueNegatives, long falsePositives, long falseNegatives, long truePositives) {

  /**
   * The share of those taken for class {@code c} that are of class {@code c}; NaN if none was taken
   * for it.
   */
  public double precision(int c) {
    return (double) correct(c) / predicted(c);
  }

  /** The share of class {@code c} that was taken for it; NaN if the class does not occur. */
  public double recall(int c) {
    return (double) correct(c) / actual(c);
  }

  /**
   * The harmonic mean of precision and recall of class {@code c}: 0 if none was found, NaN if the
   * class neither occurs nor was predicted.
   */
  public double f1(int c) {
    return 2.0 * correct(c) / (predicted(c) + actual(c));
  }

  /** The mean of the two classes' recalls; NaN if a class does not occur. */
  public double balancedAccuracy() {
    return (recall(0) + recall(1)) / 2;
  }

  /** How many examples of class {@code c} were taken for it. */
  public long correct(int c) {
    return c == 0 ? trueNegatives : truePositives;
  }

  /** How many examples are of class {@code c}. */
  public long actual(int c) {
    return c == 0 ? trueNegatives + falsePositives : truePositives + falseNegatives;
  }

  /** How many examples were taken for class {@code c}. */
  public long predicted(int c) {
    return c == 0 ? trueNegatives + falseNegatives : truePositives + falsePositives;
  }
}
