package journey.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.nd4j.evaluation.classification.Evaluation;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How good a classifier of several classes is, as a whole and for each class, each figure with the
 * number of examples it rests on and its 95 % interval. Shares (accuracy, precision, recall) have
 * Wilson's interval, F1 the bootstrap's.
 *
 * <p>A figure that does not exist, such as the recall of a class that does not occur, is an
 * undefined {@link Estimate}; in the tables it is a missing value.
 *
 * <p>Not for several threads at once.
 */
public final class MultiClassReport {

  private static final String ALL = "all";

  private final MultiClassPredictions predictions;
  private final Evaluation evaluation;
  private List<Interval> f1Intervals;

  MultiClassReport(MultiClassPredictions predictions) {
    this.predictions = predictions;
    this.evaluation = new Evaluation(predictions.classNames());
    for (int i = 0; i < predictions.size(); i++) {
      evaluation.eval(predictions.predicted(i), predictions.label(i));
    }
  }

  /** The name of each class. */
  public List<String> classNames() {
    return predictions.classNames();
  }

  /** How often class {@code [i]} was taken for class {@code [j]}. */
  public int[][] confusion() {
    int[][] counts = new int[classes()][classes()];
    for (int actual = 0; actual < classes(); actual++) {
      for (int taken = 0; taken < classes(); taken++) {
        counts[actual][taken] = evaluation.getConfusionMatrix().getCount(actual, taken);
      }
    }
    return counts;
  }

  /** The share of all examples whose class was found. */
  public Estimate accuracy() {
    int right = IntStream.range(0, classes()).map(this::correct).sum();
    return Estimate.share(right, predictions.size(), evaluation.accuracy());
  }

  /**
   * The share of all examples whose class is among the {@code k} most probable ones.
   *
   * @throws IllegalArgumentException unless {@code k} is from 1 to the number of classes
   */
  public Estimate topAccuracy(int k) {
    if (k < 1 || k > classes()) {
      throw new IllegalArgumentException(
          "of %d classes the %d most probable ones were asked for".formatted(classes(), k));
    }
    // Not ND4J's top N accuracy: with it, who gives all classes the same probability is always
    // right.
    long found =
        IntStream.range(0, predictions.size())
            .filter(i -> predictions.classesBeforeTruth(i) < k)
            .count();
    return Estimate.proportion(found, predictions.size());
  }

  /** The accuracy of always answering with the most frequent class. */
  public Estimate majorityBaseline() {
    int most = IntStream.range(0, classes()).map(this::actual).max().orElse(0);
    return Estimate.proportion(most, predictions.size());
  }

  /** Of the examples taken for class {@code c}, the share that is of class {@code c}. */
  public Estimate precision(int c) {
    Objects.checkIndex(c, classes());
    return Estimate.share(correct(c), taken(c), evaluation.precision(c, Double.NaN));
  }

  /** Of the examples of class {@code c}, the share that was taken for it. */
  public Estimate recall(int c) {
    Objects.checkIndex(c, classes());
    return Estimate.share(correct(c), actual(c), evaluation.recall(c, Double.NaN));
  }

  /**
   * The harmonic mean of precision and recall of class {@code c}: 0 if none of the class was found,
   * undefined if it neither occurs nor was predicted.
   */
  public Estimate f1(int c) {
    Objects.checkIndex(c, classes());
    // ND4J answers 0 for a class that neither occurs nor was predicted.
    double value = actual(c) + taken(c) == 0 ? Double.NaN : evaluation.f1(c);
    return new Estimate(value, predictions.size(), f1Intervals().get(c));
  }

  /** The mean of the F1 of all classes that occur or were predicted. */
  public Estimate macroF1() {
    // Not ND4J's macro average: it leaves out the classes that were never predicted, which are the
    // worst.
    double[] each = IntStream.range(0, classes()).mapToDouble(c -> f1(c).value()).toArray();
    return new Estimate(meanOfDefined(each), predictions.size(), f1Intervals().get(classes()));
  }

  /** The figures of all classes together: metric, class, value, count, 95 % low, 95 % high. */
  public Table table() {
    return Figure.table(
        List.of(
            new Figure("accuracy", ALL, accuracy()),
            new Figure("majority baseline", ALL, majorityBaseline()),
            new Figure("top-2 accuracy", ALL, topAccuracy(2)),
            new Figure("macro F1", ALL, macroF1())));
  }

  /**
   * One row a class: its name, how many there are and how many were taken for it, then precision,
   * recall and F1, beside each its 95 % interval as text.
   */
  public Table perClass() {
    var table =
        Table.create(
            StringColumn.create("class", classNames()),
            IntColumn.create("count", IntStream.range(0, classes()).map(this::actual)),
            IntColumn.create("predicted", IntStream.range(0, classes()).map(this::taken)));
    append(table, "precision", this::precision);
    append(table, "recall", this::recall);
    append(table, "F1", this::f1);
    return table;
  }

  private void append(Table table, String metric, IntFunction<Estimate> figure) {
    List<Estimate> figures = IntStream.range(0, classes()).mapToObj(figure).toList();
    table.addColumns(
        DoubleColumn.create(metric, figures.stream().mapToDouble(Estimate::value)),
        StringColumn.create(
            metric + " 95 %",
            figures.stream().map(f -> f.isDefined() ? f.interval().toString() : null)));
  }

  /** The interval of each class's F1, then that of their mean; computed when first asked for. */
  private List<Interval> f1Intervals() {
    if (f1Intervals == null) {
      f1Intervals = Bootstrap.DEFAULT.intervals(predictions.labels(), this::f1OfDrawn);
    }
    return f1Intervals;
  }

  private double[] f1OfDrawn(int[] drawn) {
    int[] correct = new int[classes()];
    int[] actualAndTaken = new int[classes()];
    for (int i : drawn) {
      int label = predictions.label(i);
      int taken = predictions.predicted(i);
      actualAndTaken[label]++;
      actualAndTaken[taken]++;
      if (label == taken) {
        correct[label]++;
      }
    }
    double[] f1 = new double[classes() + 1];
    Arrays.setAll(f1, c -> c == classes() ? Double.NaN : 2.0 * correct[c] / actualAndTaken[c]);
    f1[classes()] = meanOfDefined(f1);
    return f1;
  }

  private static double meanOfDefined(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
  }

  private int correct(int c) {
    return evaluation.getConfusionMatrix().getCount(c, c);
  }

  private int actual(int c) {
    return evaluation.getConfusionMatrix().getActualTotal(c);
  }

  private int taken(int c) {
    return evaluation.getConfusionMatrix().getPredictedTotal(c);
  }

  private int classes() {
    return predictions.classNames().size();
  }
}
