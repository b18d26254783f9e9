package journey.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.nd4j.evaluation.classification.Evaluation;
import tech.tablesaw.api.Table;

/**
 * How good a binary classifier is at one threshold, for both of its classes, each figure with the
 * number of examples it rests on and its 95 % interval. Shares (accuracy, precision, recall) have
 * Wilson's interval, the others the bootstrap's.
 *
 * <p>A figure that does not exist, such as the recall of a class that does not occur, is an
 * undefined {@link Estimate}; in the table it is a missing value.
 */
public final class BinaryReport {

  private final BinaryPredictions predictions;
  private final double threshold;
  private final int[] predicted;
  private final Evaluation evaluation;

  BinaryReport(BinaryPredictions predictions, double threshold) {
    this.predictions = predictions;
    this.threshold = threshold;
    this.predicted =
        IntStream.range(0, predictions.size())
            .map(i -> predictions.predicted(i, threshold))
            .toArray();
    this.evaluation = new Evaluation(predictions.classNames());
    for (int i = 0; i < predicted.length; i++) {
      evaluation.eval(predicted[i], predictions.label(i));
    }
  }

  /** From which probability on an example is taken for class 1. */
  public double threshold() {
    return threshold;
  }

  /** The names of class 0 and class 1. */
  public List<String> classNames() {
    return predictions.classNames();
  }

  /** How often class {@code [i]} was taken for class {@code [j]}. */
  public int[][] confusion() {
    int[][] counts = new int[2][2];
    for (int actual = 0; actual < 2; actual++) {
      for (int taken = 0; taken < 2; taken++) {
        counts[actual][taken] = evaluation.getConfusionMatrix().getCount(actual, taken);
      }
    }
    return counts;
  }

  /** The share of all examples whose class was found. */
  public Estimate accuracy() {
    return Estimate.share(correct(0) + correct(1), predictions.size(), evaluation.accuracy());
  }

  /** The accuracy of always answering with the more frequent class. */
  public Estimate majorityBaseline() {
    return Estimate.proportion(Math.max(actual(0), actual(1)), predictions.size());
  }

  /** Of the examples taken for class {@code c}, the share that is of class {@code c}. */
  public Estimate precision(int c) {
    Objects.checkIndex(c, 2);
    return Estimate.share(correct(c), taken(c), evaluation.precision(c, Double.NaN));
  }

  /** Of the examples of class {@code c}, the share that was taken for it. */
  public Estimate recall(int c) {
    Objects.checkIndex(c, 2);
    return Estimate.share(correct(c), actual(c), evaluation.recall(c, Double.NaN));
  }

  /**
   * The harmonic mean of precision and recall of class {@code c}: 0 if none of the class was found,
   * undefined if it neither occurs nor was predicted.
   */
  public Estimate f1(int c) {
    Objects.checkIndex(c, 2);
    // ND4J answers 0 for a class that neither occurs nor was predicted.
    double value = actual(c) + taken(c) == 0 ? Double.NaN : evaluation.f1(c);
    return bootstrapped(value, drawn -> count(drawn).f1(c));
  }

  /** The mean of the two classes' recalls: 0.5 for a coin, whatever the classes' sizes. */
  public Estimate balancedAccuracy() {
    // Not ND4J's macro average: with two classes that is the figure of class 1 alone.
    double value = (recall(0).value() + recall(1).value()) / 2;
    return bootstrapped(value, drawn -> count(drawn).balancedAccuracy());
  }

  /**
   * The chance that a random example of class 1 got a higher probability than one of class 0, the
   * area under the ROC curve. It does not depend on the threshold.
   */
  public Estimate rocAuc() {
    var auc = new RocAuc(predictions.labels(), predictions.probabilities());
    int[] all = IntStream.range(0, predictions.size()).toArray();
    return bootstrapped(auc.applyAsDouble(all), auc);
  }

  /** All figures, one a row: metric, class, value, count, 95 % low, 95 % high. */
  public Table table() {
    return Figure.table(figures());
  }

  /** All figures: those of both classes, then those of each. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("accuracy", "both", accuracy()));
    figures.add(new Figure("majority baseline", "both", majorityBaseline()));
    figures.add(new Figure("balanced accuracy", "both", balancedAccuracy()));
    figures.add(new Figure("ROC AUC", "both", rocAuc()));
    for (int c = 0; c < 2; c++) {
      String name = classNames().get(c);
      figures.add(new Figure("precision", name, precision(c)));
      figures.add(new Figure("recall", name, recall(c)));
      figures.add(new Figure("F1", name, f1(c)));
    }
    return figures;
  }

  private Estimate bootstrapped(double value, ToDoubleFunction<int[]> statistic) {
    Interval interval =
        Double.isNaN(value) ? null : Bootstrap.DEFAULT.interval(predictions.labels(), statistic);
    return new Estimate(value, predictions.size(), interval);
  }

  private BinaryCounts count(int[] drawn) {
    long[] counts = new long[4];
    for (int i : drawn) {
      counts[2 * predictions.label(i) + predicted[i]]++;
    }
    return new BinaryCounts(counts[0], counts[1], counts[2], counts[3]);
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
}
