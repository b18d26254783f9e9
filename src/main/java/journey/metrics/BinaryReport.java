package journey.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How good a binary classifier is at one threshold, for both of its classes. */
public final class BinaryReport extends ClassificationReport {

  private static final String BOTH = "both";

  private final BinaryPredictions predictions;
  private final double threshold;
  private final RocAuc auc;

  BinaryReport(BinaryPredictions predictions, double threshold) {
    super(predictions.classNames(), predictions.labels(), predictions.predicted(threshold));
    this.predictions = predictions;
    this.threshold = threshold;
    this.auc = new RocAuc(predictions.labels(), predictions.probabilities());
  }

  /** The probability from which an example is taken for class 1. */
  public double threshold() {
    return threshold;
  }

  /**
   * The chance that a random example of class 1 got a higher probability than one of class 0, the
   * area under the ROC curve. It does not depend on the threshold.
   */
  public Estimate rocAuc() {
    int[] labels = predictions.labels();
    double value = auc.of(IntStream.range(0, labels.length).toArray());
    List<Interval> interval = Bootstrap.intervals(labels, drawn -> new double[] {auc.of(drawn)});
    return new Estimate(value, labels.length, interval.get(0));
  }

  /** Those of both classes, then those of each. */
  @Override
  List<Measurement> measurements() {
    List<Measurement> all = new ArrayList<>();
    all.add(new Measurement("accuracy", BOTH, accuracy()));
    all.add(new Measurement("majority baseline", BOTH, majorityBaseline()));
    all.add(new Measurement("balanced accuracy", BOTH, balancedAccuracy()));
    all.add(new Measurement("ROC AUC", BOTH, rocAuc()));
    for (int c = 0; c < 2; c++) {
      String name = classNames().get(c);
      all.add(new Measurement("precision", name, precision(c)));
      all.add(new Measurement("recall", name, recall(c)));
      all.add(new Measurement("F1", name, f1(c)));
    }
    return all;
  }

  @Override
  double[] values(int[] drawn) {
    ConfusionMatrix matrix = count(drawn);
    DoubleStream both =
        DoubleStream.of(
            matrix.accuracy(), matrix.majorityShare(), matrix.balancedAccuracy(), auc.of(drawn));
    DoubleStream each =
        classes()
            .boxed()
            .flatMapToDouble(
                c -> DoubleStream.of(matrix.precision(c), matrix.recall(c), matrix.f1(c)));
    return DoubleStream.concat(both, each).toArray();
  }
}
