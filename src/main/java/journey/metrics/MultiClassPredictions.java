package journey.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a classifier of several classes said about some examples: for each the true class and the
 * predicted probability of every class. An example is taken for the class with the highest
 * probability, the first of equally high ones.
 */
public final class MultiClassPredictions {

  /** As far from 1 may a sum of probabilities in single precision be. */
  private static final double ROUNDING = 1e-3;

  private final int[] labels;
  private final double[] probabilities;
  private final int[] predicted;
  private final List<String> classNames;

  private MultiClassPredictions(int[] labels, double[] probabilities, List<String> classNames) {
    this.labels = labels;
    this.probabilities = probabilities;
    this.classNames = classNames;
    for (int i = 0; i < labels.length; i++) {
      check(i);
    }
    this.predicted = IntStream.range(0, labels.length).map(this::mostProbable).toArray();
  }

  /**
   * @param oneHot the true classes: 1 in the column of the class, else 0; of shape {@code [n,
   *     classes]}
   * @param probabilities the softmax's output, of the same shape
   * @param classNames the name of each class
   * @throws IllegalArgumentException if there are fewer than two classes or no examples, the shapes
   *     differ, a row of {@code oneHot} is not one-hot, or a row of {@code probabilities} is none
   */
  public static MultiClassPredictions of(
      INDArray oneHot, INDArray probabilities, List<String> classNames) {
    int classes = classNames.size();
    double[] hot = rows("one-hot labels", oneHot, oneHot.size(0), classes);
    int[] labels = new int[(int) oneHot.size(0)];
    Arrays.setAll(labels, i -> classOf(i, Arrays.copyOfRange(hot, i * classes, (i + 1) * classes)));
    return of(labels, probabilities, classNames);
  }

  /**
   * @param labels the true classes, counted from 0
   * @param probabilities the softmax's output, of shape {@code [n, classes]}
   * @param classNames the name of each class
   * @throws IllegalArgumentException if there are fewer than two classes or no examples, the shape
   *     does not fit, a label is no class, or a row of {@code probabilities} is none
   */
  public static MultiClassPredictions of(
      int[] labels, INDArray probabilities, List<String> classNames) {
    if (classNames.size() < 2 || labels.length == 0) {
      throw new IllegalArgumentException(
          "expected at least two classes and one example, but there are classes %s and %d examples"
              .formatted(classNames, labels.length));
    }
    return new MultiClassPredictions(
        labels.clone(),
        rows("probabilities", probabilities, labels.length, classNames.size()),
        List.copyOf(classNames));
  }

  /** The figures, with their intervals. */
  public MultiClassReport report() {
    return new MultiClassReport(this);
  }

  /**
   * Whether the classifier is as often right as it says.
   *
   * @param bins in how many parts of equal width the probabilities are cut
   * @throws IllegalArgumentException if there is not at least one
   */
  public Calibration calibration(int bins) {
    int[] all = positions().toArray();
    boolean[] right = new boolean[all.length];
    for (int i : all) {
      right[i] = isRight(i);
    }
    return Calibration.of(Arrays.stream(all).mapToDouble(this::confidence).toArray(), right, bins);
  }

  /** How many examples there are. */
  public int size() {
    return labels.length;
  }

  /** The name of each class. */
  public List<String> classNames() {
    return classNames;
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
    return probabilities[i * classNames.size() + c];
  }

  /** The predicted probability of the class that example {@code i} is taken for. */
  public double confidence(int i) {
    return probability(i, predicted[i]);
  }

  /**
   * How many classes come before the true one when they are ordered by their probability for
   * example {@code i}: 0 if it is taken for its true class.
   */
  public int classesBeforeTruth(int i) {
    int truth = labels[i];
    double its = probability(i, truth);
    return (int)
        IntStream.range(0, classNames.size())
            .filter(c -> probability(i, c) > its || probability(i, c) == its && c < truth)
            .count();
  }

  /**
   * The positions of the {@code n} examples that are taken for a wrong class with the highest
   * probability, the highest first; fewer if there are fewer mistakes.
   */
  public int[] mostConfidentMistakes(int n) {
    return mostConfidentFirst(positions().filter(i -> !isRight(i))).limit(n).toArray();
  }

  /**
   * The {@code n} pairs of a true class and a wrong one it is most often taken for, the most
   * frequent first; fewer if fewer are confused.
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

  int[] labels() {
    return labels.clone();
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
    int best = 0;
    for (int c = 1; c < classNames.size(); c++) {
      if (probability(i, c) > probability(i, best)) {
        best = c;
      }
    }
    return best;
  }

  private void check(int i) {
    if (labels[i] < 0 || labels[i] >= classNames.size()) {
      throw new IllegalArgumentException(
          "label %d is %d; with %d classes it must be from 0 to %d"
              .formatted(i, labels[i], classNames.size(), classNames.size() - 1));
    }
    double sum = 0;
    for (int c = 0; c < classNames.size(); c++) {
      double p = probability(i, c);
      if (!(p >= 0 && p <= 1 + ROUNDING)) {
        throw badProbability(i, c, p);
      }
      sum += p;
    }
    if (Math.abs(sum - 1) > ROUNDING) {
      throw new IllegalArgumentException(
          "the probabilities of example %d add up to %s, not to 1. Pass the softmax's output, not its input"
              .formatted(i, sum));
    }
  }

  private IllegalArgumentException badProbability(int i, int c, double p) {
    return new IllegalArgumentException(
        "the probability of \"%s\" for example %d is %s; it must be in [0, 1]. %s"
            .formatted(classNames.get(c), i, p, BadProbability.advice(p, "softmax")));
  }

  private static int classOf(int i, double[] oneHot) {
    int[] ones = IntStream.range(0, oneHot.length).filter(c -> oneHot[c] == 1).toArray();
    if (ones.length != 1 || Arrays.stream(oneHot).filter(value -> value != 0).count() != 1) {
      throw new IllegalArgumentException(
          "row %d of the one-hot labels is %s; it must hold a single 1 and else 0"
              .formatted(i, Arrays.toString(oneHot)));
    }
    return ones[0];
  }

  private static double[] rows(String what, INDArray array, long examples, int classes) {
    if (!Arrays.equals(array.shape(), new long[] {examples, classes})) {
      throw new IllegalArgumentException(
          "%s must be of shape [%d, %d], a row for each example and a column for each class, but are of shape %s"
              .formatted(what, examples, classes, Arrays.toString(array.shape())));
    }
    return array.castTo(DataType.DOUBLE).reshape('c', new long[] {array.length()}).toDoubleVector();
  }
}
