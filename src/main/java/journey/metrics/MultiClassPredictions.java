package journey.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The answers of a classifier of several classes to some examples: for each the true class and the
 * predicted probability of every class. An example is taken for the class with the highest
 * probability, the first of equally high ones.
 */
public final class MultiClassPredictions {

  /** Probabilities in single precision may add up to 1 plus or minus this. */
  private static final double ROUNDING = 1e-3;

  private final int[] labels;
  private final double[][] probabilities;
  private final int[] predicted;
  private final List<String> classNames;

  private MultiClassPredictions(int[] labels, double[][] probabilities, List<String> classNames) {
    this.labels = labels;
    this.probabilities = probabilities;
    this.classNames = classNames;
    positions().forEach(this::check);
    this.predicted = positions().map(this::mostProbable).toArray();
  }

  /**
   * @param labels the true classes, counted from 0
   * @param probabilities the softmax's output, of shape {@code [n, classes]}
   * @param classNames the name of each class
   * @throws IllegalArgumentException if there are fewer than two classes or no examples, the shape
   *     does not fit, a label is no class, or a row of {@code probabilities} is no distribution
   */
  public static MultiClassPredictions of(
      int[] labels, INDArray probabilities, List<String> classNames) {
    if (classNames.size() < 2 || labels.length == 0) {
      throw new IllegalArgumentException(
          "expected at least two classes and one example, but there are classes %s and %d examples"
              .formatted(classNames, labels.length));
    }
    if (!Arrays.equals(probabilities.shape(), new long[] {labels.length, classNames.size()})) {
      throw new IllegalArgumentException(
          "probabilities must be of shape [%d, %d], a row for each example and a column for each class, but are of shape %s"
              .formatted(labels.length, classNames.size(), Arrays.toString(probabilities.shape())));
    }
    return new MultiClassPredictions(labels.clone(), rows(probabilities), List.copyOf(classNames));
  }

  /** The measurements, with their intervals. */
  public MultiClassReport report() {
    return new MultiClassReport(this);
  }

  /**
   * Whether the classifier is right as often as it says.
   *
   * @param bins the number of bins of equal width for the probabilities
   * @throws IllegalArgumentException if there is not at least one
   */
  public Calibration calibration(int bins) {
    boolean[] right = new boolean[labels.length];
    positions().forEach(i -> right[i] = isRight(i));
    // The mean of several softmaxes may be above 1, by rounding.
    double[] confidences = positions().mapToDouble(i -> Math.min(1, confidence(i))).toArray();
    return Calibration.of(confidences, right, bins);
  }

  /** The true class of example {@code i}. */
  public int label(int i) {
    return labels[i];
  }

  /** The class that example {@code i} is taken for. */
  public int predicted(int i) {
    return predicted[i];
  }

  /** Whether example {@code i} is taken for its true class. */
  public boolean isRight(int i) {
    return predicted[i] == labels[i];
  }

  /** The predicted probability that example {@code i} is of class {@code c}. */
  public double probability(int i, int c) {
    return probabilities[i][c];
  }

  /** The predicted probability of the class that example {@code i} is taken for. */
  public double confidence(int i) {
    return probability(i, predicted[i]);
  }

  /**
   * The positions of the {@code n} examples that are taken for a wrong class with the highest
   * probability, the highest first; fewer if there are fewer mistakes.
   */
  public int[] mostConfidentMistakes(int n) {
    return mostConfidentFirst(positions().filter(i -> !isRight(i))).limit(n).toArray();
  }

  /**
   * The {@code n} pairs of a true class and the wrong one it is taken for that occur most often,
   * the most frequent first; fewer if fewer are confused.
   */
  public List<ConfusedPair> mostConfusedPairs(int n) {
    int classes = classNames.size();
    return IntStream.range(0, classes * classes)
        .filter(pair -> pair / classes != pair % classes)
        .mapToObj(pair -> confused(pair / classes, pair % classes))
        .filter(pair -> pair.count() > 0)
        .sorted(Comparator.comparingInt(ConfusedPair::count).reversed())
        .limit(n)
        .toList();
  }

  int size() {
    return labels.length;
  }

  List<String> classNames() {
    return classNames;
  }

  int[] labels() {
    return labels;
  }

  int[] predicted() {
    return predicted;
  }

  /**
   * How many classes come before the true one when they are ordered by their probability for
   * example {@code i}: 0 if it is taken for its true class.
   */
  long classesBeforeTruth(int i) {
    int truth = labels[i];
    double[] p = probabilities[i];
    return IntStream.range(0, p.length)
        .filter(c -> p[c] > p[truth] || p[c] == p[truth] && c < truth)
        .count();
  }

  /** In one copy from native memory: ND4J makes one for each row, which takes long. */
  private static double[][] rows(INDArray array) {
    double[] all =
        array.castTo(DataType.DOUBLE).reshape('c', new long[] {array.length()}).toDoubleVector();
    int columns = array.columns();
    return IntStream.range(0, array.rows())
        .mapToObj(i -> Arrays.copyOfRange(all, i * columns, (i + 1) * columns))
        .toArray(double[][]::new);
  }

  private ConfusedPair confused(int truth, int taken) {
    IntStream examples = positions().filter(i -> labels[i] == truth && predicted[i] == taken);
    return new ConfusedPair(
        classNames.get(truth), classNames.get(taken), mostConfidentFirst(examples).toArray());
  }

  private IntStream mostConfidentFirst(IntStream positions) {
    return positions
        .boxed()
        .sorted(Comparator.comparingDouble(this::confidence).reversed())
        .mapToInt(Integer::intValue);
  }

  private IntStream positions() {
    return IntStream.range(0, labels.length);
  }

  private int mostProbable(int i) {
    double[] p = probabilities[i];
    int best = 0;
    for (int c = 1; c < p.length; c++) {
      best = p[c] > p[best] ? c : best;
    }
    return best;
  }

  private void check(int i) {
    double[] p = probabilities[i];
    if (labels[i] < 0 || labels[i] >= p.length) {
      throw new IllegalArgumentException(
          "label %d is %d; with %d classes it must be from 0 to %d"
              .formatted(i, labels[i], p.length, p.length - 1));
    }
    for (int c = 0; c < p.length; c++) {
      if (!(p[c] >= 0 && p[c] <= 1 + ROUNDING)) {
        throw new NotAProbability(
            "the probability of \"%s\" for example %d".formatted(classNames.get(c), i),
            p[c],
            "softmax");
      }
    }
    double sum = Arrays.stream(p).sum();
    if (Math.abs(sum - 1) > ROUNDING) {
      throw new IllegalArgumentException(
          "the probabilities of example %d add up to %s, not to 1. Pass the softmax's output, not its input"
              .formatted(i, sum));
    }
  }
}
