package journey.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** How good a classifier of several classes is. */
public final class MultiClassReport extends ClassificationReport {

  private static final String ALL = "all";

  private final MultiClassPredictions predictions;

  MultiClassReport(MultiClassPredictions predictions) {
    super(predictions.classNames(), predictions.labels(), predictions.predicted());
    this.predictions = predictions;
  }

  /**
   * The share of all examples whose class is among the {@code k} most probable ones.
   *
   * @throws IllegalArgumentException unless {@code k} is from 1 to the number of classes
   */
  public Estimate topAccuracy(int k) {
    if (k < 1 || k > classNames().size()) {
      throw new IllegalArgumentException(
          "of %d classes the %d most probable ones were asked for"
              .formatted(classNames().size(), k));
    }
    // ND4J's top N accuracy always counts equal probabilities as right.
    int[] all = IntStream.range(0, predictions.size()).toArray();
    return Estimate.proportion(amongFirst(k, all), predictions.size());
  }

  @Override
  List<Measurement> measurements() {
    return List.of(
        new Measurement("accuracy", ALL, accuracy()),
        new Measurement("majority baseline", ALL, majorityBaseline()),
        new Measurement("top-2 accuracy", ALL, topAccuracy(2)),
        new Measurement("macro F1", ALL, macroF1()));
  }

  @Override
  double[] values(int[] drawn) {
    ConfusionMatrix matrix = count(drawn);
    double top2 = (double) amongFirst(2, drawn) / drawn.length;
    return new double[] {matrix.accuracy(), matrix.majorityShare(), top2, matrix.macroF1()};
  }

  private int amongFirst(int k, int[] examples) {
    return (int) Arrays.stream(examples).filter(i -> predictions.classesBeforeTruth(i) < k).count();
  }

  /**
   * One row a class: its name, the number of its examples, how many were taken for it, then
   * precision, recall and F1, each followed by its 95 % interval as text.
   */
  public Table perClass() {
    var table =
        Table.create(
            StringColumn.create("class", classNames()),
            IntColumn.create("count", classes().map(this::actual)),
            IntColumn.create("predicted", classes().map(this::predicted)));
    append(table, "precision", this::precision);
    append(table, "recall", this::recall);
    append(table, "F1", this::f1);
    return table;
  }

  private void append(Table table, String metric, IntFunction<Estimate> measure) {
    List<Estimate> estimates = classes().mapToObj(measure).toList();
    table.addColumns(
        DoubleColumn.create(metric, estimates.stream().mapToDouble(Estimate::value)),
        StringColumn.create(
            metric + " 95 %",
            estimates.stream().map(e -> e.isDefined() ? e.interval().toString() : null)));
  }
}
