package journey.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a binary classifier said about some examples: for each the true class, 0 or 1, and the
 * predicted probability of class 1. An example is taken for class 1 if that probability is at least
 * the threshold.
 */
public final class BinaryPredictions {

  private final int[] labels;
  private final double[] probabilities;
  private final List<String> classNames;

  private BinaryPredictions(int[] labels, double[] probabilities, List<String> classNames) {
    this.labels = labels;
    this.probabilities = probabilities;
    this.classNames = classNames;
  }

  /**
   * @param labels the true classes, 0 or 1, of shape {@code [n, 1]} or {@code [n]}
   * @param probabilities the probabilities of class 1, of the same shape
   * @param class0 the name of class 0
   * @param class1 the name of class 1
   * @throws IllegalArgumentException if there are none, the shapes differ, a label is neither 0 nor
   *     1, or a probability is not a number in [0, 1]
   */
  public static BinaryPredictions of(
      INDArray labels, INDArray probabilities, String class0, String class1) {
    double[] classes = column("labels", labels);
    int[] whole = new int[classes.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (int) classes[i];
      if (whole[i] != classes[i]) {
        throw badLabel(i, Double.toString(classes[i]));
      }
    }
    return of(whole, column("probabilities", probabilities), class0, class1);
  }

  /**
   * @param labels the true classes, 0 or 1
   * @param probabilities the probability of class 1 for each
   * @param class0 the name of class 0
   * @param class1 the name of class 1
   * @throws IllegalArgumentException if there are none, the lengths differ, a label is neither 0
   *     nor 1, or a probability is not a number in [0, 1]
   */
  public static BinaryPredictions of(
      int[] labels, double[] probabilities, String class0, String class1) {
    if (labels.length == 0 || labels.length != probabilities.length) {
      throw new IllegalArgumentException(
          "expected one probability for each label, and at least one, but there are %d labels and %d probabilities"
              .formatted(labels.length, probabilities.length));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != 0 && labels[i] != 1) {
        throw badLabel(i, Integer.toString(labels[i]));
      }
      if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
        throw badProbability(i, probabilities[i]);
      }
    }
    return new BinaryPredictions(labels.clone(), probabilities.clone(), List.of(class0, class1));
  }

  /** The figures at a threshold, with their intervals. */
  public BinaryReport report(double threshold) {
    return new BinaryReport(this, threshold);
  }

  /** The figures at every threshold that makes a difference. */
  public ThresholdSweep sweep() {
    return new ThresholdSweep(this);
  }

  /** How many examples there are. */
  public int size() {
    return labels.length;
  }

  /** The names of class 0 and class 1. */
  public List<String> classNames() {
    return classNames;
  }

  /** The true class of example {@code i}: 0 or 1. */
  public int label(int i) {
    return labels[i];
  }

  /** The predicted probability that example {@code i} is of class 1. */
  public double probability(int i) {
    return probabilities[i];
  }

  /** The class that example {@code i} is taken for at this threshold: 0 or 1. */
  public int predicted(int i, double threshold) {
    return probabilities[i] >= threshold ? 1 : 0;
  }

  /** How often each class is taken for each at this threshold. */
  public BinaryCounts counts(double threshold) {
    long[][] counts = new long[2][2];
    for (int i = 0; i < labels.length; i++) {
      counts[labels[i]][predicted(i, threshold)]++;
    }
    return new BinaryCounts(counts[0][0], counts[0][1], counts[1][0], counts[1][1]);
  }

  /**
   * The positions of the examples of class {@code trueClass} that are taken for the other class at
   * this threshold, those furthest on the wrong side first, then by position.
   *
   * @throws IndexOutOfBoundsException if {@code trueClass} is neither 0 nor 1
   */
  public int[] missed(int trueClass, double threshold) {
    Objects.checkIndex(trueClass, 2);
    Comparator<Integer> byProbability = Comparator.comparingDouble(this::probability);
    return IntStream.range(0, labels.length)
        .filter(i -> labels[i] == trueClass && predicted(i, threshold) != trueClass)
        .boxed()
        .sorted(trueClass == 1 ? byProbability : byProbability.reversed())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  int[] labels() {
    return labels.clone();
  }

  double[] probabilities() {
    return probabilities.clone();
  }

  private static double[] column(String what, INDArray array) {
    long[] shape = array.shape();
    boolean isColumn = shape.length == 1 || shape.length == 2 && shape[1] == 1;
    if (!isColumn) {
      throw new IllegalArgumentException(
          "%s must be of shape [n, 1] or [n], but they are of shape %s"
              .formatted(what, Arrays.toString(shape)));
    }
    return array.castTo(DataType.DOUBLE).reshape(array.length()).toDoubleVector();
  }

  private static IllegalArgumentException badLabel(int i, String label) {
    return new IllegalArgumentException(
        "label %d is %s; a label of two classes must be 0 or 1".formatted(i, label));
  }

  private static IllegalArgumentException badProbability(int i, double probability) {
    return new IllegalArgumentException(
        "probability %d is %s; it must be in [0, 1]. %s"
            .formatted(i, probability, BadProbability.advice(probability, "sigmoid")));
  }
}
