package journey.metrics;

import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/**
 * How good a classifier is, as a whole and for each class. Each measurement comes with the number
 * of examples it rests on and its 95 % interval: Wilson's for shares (accuracy, precision, recall),
 * the bootstrap's for the others.
 *
 * <p>What does not exist, such as the recall of a class that does not occur, is an undefined {@link
 * Estimate} and a missing value in a table.
 *
 * <p>Not for several threads at once.
 */
public abstract sealed class ClassificationReport permits BinaryReport, MultiClassReport {

  private final List<String> classNames;
  private final int[] labels;
  private final int[] predicted;
  private final ConfusionMatrix confusion;
  private List<Interval> intervals;

  ClassificationReport(List<String> classNames, int[] labels, int[] predicted) {
    this.classNames = classNames;
    this.labels = labels;
    this.predicted = predicted;
    this.confusion = count(IntStream.range(0, labels.length).toArray());
  }

  /** The name of each class. */
  public final List<String> classNames() {
    return classNames;
  }

  /** How often class {@code [i]} was taken for class {@code [j]}. */
  public final int[][] confusion() {
    return confusion.counts();
  }

  /** The share of all examples whose class was found. */
  public final Estimate accuracy() {
    return Estimate.proportion(classes().map(confusion::correct).sum(), labels.length);
  }

  /** The accuracy of always answering with the most frequent class. */
  public final Estimate majorityBaseline() {
    return Estimate.proportion(classes().map(confusion::actual).max().orElseThrow(), labels.length);
  }

  /** Of the examples taken for class {@code c}, the share that is of class {@code c}. */
  public final Estimate precision(int c) {
    return Estimate.proportion(confusion.correct(c), confusion.predicted(c));
  }

  /** Of the examples of class {@code c}, the share that was taken for it. */
  public final Estimate recall(int c) {
    return Estimate.proportion(confusion.correct(c), confusion.actual(c));
  }

  /**
   * The harmonic mean of precision and recall of class {@code c}: 0 if none of the class was found,
   * undefined if it neither occurs nor was predicted.
   */
  public final Estimate f1(int c) {
    return bootstrapped(Objects.checkIndex(c, classNames.size()));
  }

  /** The mean F1 of the classes that occur or were predicted. */
  public final Estimate macroF1() {
    return bootstrapped(classNames.size());
  }

  /** The mean recall of all classes, so that each counts alike, whatever its size. */
  public final Estimate balancedAccuracy() {
    return bootstrapped(classNames.size() + 1);
  }

  /** One measurement a row: metric, class, value, count, 95 % low, 95 % high. */
  public final Table table() {
    return Measurement.table(measurements());
  }

  abstract List<Measurement> measurements();

  /** The values of the {@link #measurements} for the examples at these positions alone. */
  abstract double[] values(int[] drawn);

  final int[] labels() {
    return labels;
  }

  final boolean isRight(int example) {
    return predicted[example] == labels[example];
  }

  final int actual(int c) {
    return confusion.actual(c);
  }

  final int predicted(int c) {
    return confusion.predicted(c);
  }

  final IntStream classes() {
    return IntStream.range(0, classNames.size());
  }

  private Estimate bootstrapped(int statistic) {
    if (intervals == null) {
      intervals = Bootstrap.intervals(labels, drawn -> statistics(count(drawn)));
    }
    return new Estimate(statistics(confusion)[statistic], labels.length, intervals.get(statistic));
  }

  private double[] statistics(ConfusionMatrix matrix) {
    return DoubleStream.concat(
            classes().mapToDouble(matrix::f1),
            DoubleStream.of(matrix.macroF1(), matrix.balancedAccuracy()))
        .toArray();
  }

  final ConfusionMatrix count(int[] positions) {
    return ConfusionMatrix.of(classNames.size(), labels, predicted, positions);
  }
}
