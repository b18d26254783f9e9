package journey.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How often each class was taken for each, and the shares that follow from it. */
public final class ConfusionMatrix {

  private final int[][] counts;

  /** A row for each true class, in it a column for each predicted one. */
  ConfusionMatrix(int[][] counts) {
    this.counts = counts;
  }

  /** Counts the examples at some positions, which may repeat. */
  static ConfusionMatrix of(int classes, int[] labels, int[] predicted, int[] positions) {
    int[][] counts = new int[classes][classes];
    for (int i : positions) {
      counts[labels[i]][predicted[i]]++;
    }
    return new ConfusionMatrix(counts);
  }

  /** How often class {@code [i]} was taken for class {@code [j]}. */
  public int[][] counts() {
    return Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
  }

  /** How many examples of class {@code c} were taken for it. */
  public int correct(int c) {
    return counts[c][c];
  }

  /** How many examples are of class {@code c}. */
  public int actual(int c) {
    return Arrays.stream(counts[c]).sum();
  }

  /** How many examples were taken for class {@code c}. */
  public int predicted(int c) {
    return Arrays.stream(counts).mapToInt(row -> row[c]).sum();
  }

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

  /** The share of all examples that were taken for their class. */
  double accuracy() {
    return (double) classes().map(this::correct).sum() / all();
  }

  /** The share of the most frequent class. */
  double majorityShare() {
    return (double) classes().map(this::actual).max().orElseThrow() / all();
  }

  /** The mean F1 of the classes that occur or were predicted. */
  double macroF1() {
    return classes().mapToDouble(this::f1).filter(f1 -> !Double.isNaN(f1)).average().orElseThrow();
  }

  /** The mean recall of all classes; NaN if one does not occur. */
  double balancedAccuracy() {
    return classes().mapToDouble(this::recall).reduce(0, Double::sum) / counts.length;
  }

  private int all() {
    return classes().map(this::actual).sum();
  }

  private IntStream classes() {
    return IntStream.range(0, counts.length);
  }
}
