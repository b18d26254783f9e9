package journey.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The answers of a binary classifier to some examples: for each the true class, 0 or 1, and the
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
    double[] truth = column("labels", labels);
    double[] answers = column("probabilities", probabilities);
    if (truth.length == 0 || truth.length != answers.length) {
      throw new IllegalArgumentException(
          "expected one probability for each label, and at least one, but there are %d labels and %d probabilities"
              .formatted(truth.length, answers.length));
    }
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] != 0 && truth[i] != 1) {
        throw new IllegalArgumentException(
            "label %d is %s; a label of two classes must be 0 or 1".formatted(i, truth[i]));
      }
      if (!(answers[i] >= 0 && answers[i] <= 1)) {
        throw new NotAProbability("probability %d".formatted(i), answers[i], "sigmoid");
      }
    }
    return new BinaryPredictions(
        Arrays.stream(truth).mapToInt(label -> (int) label).toArray(),
        answers,
        List.of(class0, class1));
  }

  /** The measurements at a threshold, with their intervals. */
  public BinaryReport report(double threshold) {
    return new BinaryReport(this, threshold);
  }

  /** The classifier at every threshold that makes a difference. */
  public ThresholdSweep sweep() {
    return new ThresholdSweep(this);
  }

  /** The predicted probability that example {@code i} is of class 1. */
  public double probability(int i) {
    return probabilities[i];
  }

  /**
   * The positions of the examples of class {@code trueClass} that are taken for the other class at
   * this threshold: those furthest on the wrong side first, then by position.
   *
   * @throws IndexOutOfBoundsException if {@code trueClass} is neither 0 nor 1
   */
  public int[] missed(int trueClass, double threshold) {
    Objects.checkIndex(trueClass, 2);
    int[] predicted = predicted(threshold);
    Comparator<Integer> byProbability = Comparator.comparingDouble(this::probability);
    return positions()
        .filter(i -> labels[i] == trueClass && predicted[i] != trueClass)
        .boxed()
        .sorted(trueClass == 1 ? byProbability : byProbability.reversed())
        .mapToInt(Integer::intValue)
        .toArray();
  }

  List<String> classNames() {
    return classNames;
  }

  int[] labels() {
    return labels;
  }

  double[] probabilities() {
    return probabilities;
  }

  int[] predicted(double threshold) {
    return Arrays.stream(probabilities).mapToInt(p -> p >= threshold ? 1 : 0).toArray();
  }

  ConfusionMatrix confusion(double threshold) {
    return ConfusionMatrix.of(2, labels, predicted(threshold), positions().toArray());
  }

  private IntStream positions() {
    return IntStream.range(0, labels.length);
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
}
