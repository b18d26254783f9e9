package journey.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Beta;
import tech.tablesaw.api.Table;

/**
 * By how much a second classifier is better than a first one on the same examples.
 *
 * <p>Some examples are hard for both classifiers, others easy for both. The interval of either one
 * holds that luck of the draw; in the difference it cancels, so that overlapping intervals may
 * still belong to a clear difference. Its own 95 % interval is the bootstrap's: each resample draws
 * examples, with the answers of both. Where it lies on one side of 0, the lead is not owed to the
 * choice of examples. It may still be owed to the seeds of the two trainings: see {@link
 * Estimate#mean}.
 *
 * <pre>{@code
 * var lead = PairedDifference.of(neuron.report(0.5), network.report(0.5));
 * render(HtmlTable.of(lead.table()).html(), "text/html")
 * }</pre>
 */
public final class PairedDifference {

  private final ClassificationReport first;
  private final ClassificationReport second;
  private final List<Measurement> measurements;

  private PairedDifference(ClassificationReport first, ClassificationReport second) {
    this.first = first;
    this.second = second;
    int[] all = IntStream.range(0, first.labels().length).toArray();
    double[] values = difference(all);
    List<Interval> intervals = Bootstrap.intervals(first.labels(), this::difference);
    List<Measurement> named = first.measurements();
    this.measurements =
        IntStream.range(0, values.length)
            .mapToObj(i -> named.get(i).with(new Estimate(values[i], all.length, intervals.get(i))))
            .toList();
  }

  /**
   * The second classifier minus the first.
   *
   * @throws IllegalArgumentException if they are not of one kind, on the same examples and classes
   */
  public static PairedDifference of(ClassificationReport first, ClassificationReport second) {
    requireSameExamples(first, second);
    return new PairedDifference(first, second);
  }

  /**
   * The difference in one metric of the whole classifier, such as {@code accuracy}, {@code balanced
   * accuracy} or {@code ROC AUC}.
   *
   * @throws IllegalArgumentException if there is no such metric
   */
  public Estimate of(String metric) {
    List<Measurement> whole =
        measurements.stream().filter(m -> !first.classNames().contains(m.className())).toList();
    return whole.stream()
        .filter(m -> m.metric().equals(metric))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no difference in \"%s\"; there is one in %s"
                        .formatted(metric, whole.stream().map(Measurement::metric).toList())))
        .estimate();
  }

  /** One metric a row: metric, class, difference, 95 % low, 95 % high. */
  public Table table() {
    Table table = Measurement.table(measurements);
    table.column("value").setName("difference");
    return table.removeColumns("count");
  }

  /** The positions of the examples that only the second classifier got right. */
  public int[] gained() {
    return positions(i -> second.isRight(i) && !first.isRight(i));
  }

  /** The positions of the examples that only the first classifier got right. */
  public int[] lost() {
    return positions(i -> first.isRight(i) && !second.isRight(i));
  }

  /**
   * McNemar's exact test of the accuracies: the probability that two equally accurate classifiers
   * share out the examples that only one of them gets right as unevenly as these two, or more so.
   *
   * @return from 0 to 1; 1 if as many were gained as lost
   * @see <a href="https://doi.org/10.1007/BF02295996">Q. McNemar, Note on the Sampling Error of the
   *     Difference between Correlated Proportions or Percentages, Psychometrika 12 (1947)</a>
   */
  public double pValue() {
    int gained = gained().length;
    int lost = lost().length;
    if (gained == lost) {
      return 1;
    }
    // A tail of the binomial distribution. Commons Math's own is 1 minus the rest, 0 where it is
    // small, and its BinomialTest counts the middle twice.
    return 2 * Beta.regularizedBeta(0.5, Math.max(gained, lost), Math.min(gained, lost) + 1.0);
  }

  List<Measurement> measurements() {
    return measurements;
  }

  /** Refuses reports that no difference can be taken of. */
  static void requireSameExamples(ClassificationReport first, ClassificationReport second) {
    if (first.getClass() != second.getClass() || !first.classNames().equals(second.classNames())) {
      throw new IllegalArgumentException(
          "expected reports of one kind on the same classes, but one is a %s on %s, the other a %s on %s"
              .formatted(
                  first.getClass().getSimpleName(),
                  first.classNames(),
                  second.getClass().getSimpleName(),
                  second.classNames()));
    }
    int differs = Arrays.mismatch(first.labels(), second.labels());
    if (differs >= 0) {
      throw new IllegalArgumentException(
          "expected reports on the same examples, but one is on %d, the other on %d, and their true classes differ at position %d"
              .formatted(first.labels().length, second.labels().length, differs));
    }
  }

  private double[] difference(int[] drawn) {
    double[] ofFirst = first.values(drawn);
    double[] ofSecond = second.values(drawn);
    return IntStream.range(0, ofFirst.length).mapToDouble(i -> ofSecond[i] - ofFirst[i]).toArray();
  }

  private int[] positions(IntPredicate which) {
    return IntStream.range(0, first.labels().length).filter(which).toArray();
  }
}
