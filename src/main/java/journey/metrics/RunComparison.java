package journey.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Several ways to train, each run from several seeds: what accuracy they reach on average, how sure
 * that is, and how long they take.
 *
 * <pre>{@code
 * var runs = new RunComparison("optimiser").add("Adam", 0.001, accuracies, seconds);
 * render(runs.html(), "text/html")
 * }</pre>
 *
 * <p>Not for several threads at once.
 */
public final class RunComparison {

  private final String what;
  private final List<Row> rows = new ArrayList<>();

  private record Row(String name, double learningRate, double[] accuracies, double[] seconds) {

    Estimate mean() {
      return Estimate.mean(accuracies);
    }
  }

  /** A comparison without rows; {@code what} is compared, such as optimisers. */
  public RunComparison(String what) {
    this.what = what;
  }

  /**
   * Adds a way to train.
   *
   * @param name its name, which there may be several of
   * @param learningRate the learning rate of all its runs
   * @param accuracies the accuracy of each run, from 0 to 1
   * @param seconds how long each run took
   * @return this comparison
   * @throws IllegalArgumentException if there are no runs, not as many times as accuracies, or a
   *     number is not finite
   */
  public RunComparison add(
      String name, double learningRate, double[] accuracies, double[] seconds) {
    boolean finite =
        Double.isFinite(learningRate)
            && Arrays.stream(accuracies).allMatch(Double::isFinite)
            && Arrays.stream(seconds).allMatch(Double::isFinite);
    if (accuracies.length == 0 || accuracies.length != seconds.length || !finite) {
      throw new IllegalArgumentException(
          "%s: expected an accuracy and a time for each run, all finite, but at the learning rate %s they are %s and %s"
              .formatted(
                  name, learningRate, Arrays.toString(accuracies), Arrays.toString(seconds)));
    }
    rows.add(new Row(name, learningRate, accuracies.clone(), seconds.clone()));
    return this;
  }

  /**
   * The row with the highest mean accuracy, counted from 0; the first of equally high ones.
   *
   * @throws IllegalStateException if nothing was added
   */
  public int best() {
    return IntStream.range(0, rows.size())
        .boxed()
        .max(
            Comparator.comparingDouble((Integer r) -> rows.get(r).mean().value())
                .thenComparing(Comparator.reverseOrder()))
        .orElseThrow(() -> new IllegalStateException("nothing to compare: add a row first"));
  }

  /**
   * One row a way to train: its name, learning rate, runs, mean accuracy, the 95 % interval of the
   * mean (missing for a single run), lowest and highest accuracy, mean seconds.
   */
  public Table table() {
    return Table.create(
        StringColumn.create(what, rows.stream().map(Row::name)),
        StringColumn.create(
            "learning rate", rows.stream().map(r -> LearningRate.text(r.learningRate()))),
        IntColumn.create("runs", rows.stream().mapToInt(r -> r.accuracies().length)),
        DoubleColumn.create("mean accuracy", rows.stream().mapToDouble(r -> r.mean().value())),
        StringColumn.create("95 % of the mean", rows.stream().map(RunComparison::interval)),
        DoubleColumn.create(
            "lowest", rows.stream().mapToDouble(r -> StatUtils.min(r.accuracies()))),
        DoubleColumn.create(
            "highest", rows.stream().mapToDouble(r -> StatUtils.max(r.accuracies()))),
        DoubleColumn.create(
            "seconds", rows.stream().mapToDouble(r -> StatUtils.mean(r.seconds()))));
  }

  /**
   * The table as HTML, with the best row marked.
   *
   * @throws IllegalStateException if nothing was added
   */
  public String html() {
    return HtmlTable.of(table()).decimals("seconds", 1).markRow(best()).html();
  }

  private static String interval(Row row) {
    Interval interval = row.mean().interval();
    return interval == null ? null : interval.toString();
  }
}
