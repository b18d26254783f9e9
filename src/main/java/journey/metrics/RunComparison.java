package journey.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.MathArrays;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Several methods of training, each run from several seeds: the accuracy they reach on average, how
 * sure that is, and how long they take.
 *
 * <pre>{@code
 * var runs = new RunComparison("optimizer").add("Adam", 0.001, accuracies, seconds);
 * render(HtmlTable.of(runs.table()).html(), "text/html")
 * }</pre>
 *
 * <p>Not for several threads at once.
 */
public final class RunComparison {

  private final String what;
  private final List<Row> rows = new ArrayList<>();

  private record Row(String name, Double learningRate, double[] accuracies, double[] seconds) {

    Estimate mean() {
      return Estimate.mean(accuracies);
    }

    String rate() {
      return learningRate == null ? null : LearningRate.text(learningRate);
    }

    String interval() {
      return accuracies.length == 1 ? null : mean().interval().toString();
    }
  }

  /** A comparison without rows; {@code what} names what is compared, such as optimizer. */
  public RunComparison(String what) {
    this.what = what;
  }

  /**
   * Adds a method.
   *
   * @param name its name; of several rows with the same, only the first can be compared
   * @param learningRate the learning rate of all its runs
   * @param accuracies the accuracy of each run, from 0 to 1
   * @param seconds how long each run took
   * @return this comparison
   * @throws IllegalArgumentException if there are no runs, not as many times as accuracies, or a
   *     number is not finite
   */
  public RunComparison add(
      String name, double learningRate, double[] accuracies, double[] seconds) {
    return add(new Row(name, learningRate, accuracies.clone(), seconds.clone()));
  }

  /**
   * Adds a method whose runs have no learning rate in common.
   *
   * @return this comparison
   * @throws IllegalArgumentException as above
   */
  public RunComparison add(String name, double[] accuracies, double[] seconds) {
    return add(new Row(name, null, accuracies.clone(), seconds.clone()));
  }

  private RunComparison add(Row row) {
    String name = row.name();
    double[] accuracies = row.accuracies();
    double[] seconds = row.seconds();
    boolean finite =
        (row.learningRate() == null || Double.isFinite(row.learningRate()))
            && Arrays.stream(accuracies).allMatch(Double::isFinite)
            && Arrays.stream(seconds).allMatch(Double::isFinite);
    if (accuracies.length == 0 || accuracies.length != seconds.length || !finite) {
      throw new IllegalArgumentException(
          "%s: expected an accuracy and a time for each run, all finite, but at the learning rate %s they are %s and %s"
              .formatted(
                  name, row.learningRate(), Arrays.toString(accuracies), Arrays.toString(seconds)));
    }
    rows.add(row);
    return this;
  }

  /**
   * By how much a method's accuracy is above a reference's, on average over the runs: both must
   * have run with the same seeds in the same order, so that what a seed brings to both cancels. The
   * interval is widened for as many comparisons as there are rows beside the reference: all of them
   * hold at once with 95 %.
   *
   * @throws IllegalArgumentException if one of the two is missing, or they have not equally many
   *     runs
   */
  public Estimate lead(String name, String reference) {
    double[] accuracies = row(name).accuracies();
    double[] others = row(reference).accuracies();
    if (accuracies.length != others.length) {
      throw new IllegalArgumentException(
          "expected runs with the same seeds, but %s has %d and %s %d"
              .formatted(name, accuracies.length, reference, others.length));
    }
    double[] leads = MathArrays.ebeSubtract(accuracies, others);
    Interval interval =
        leads.length == 1 ? null : Interval.ofMean(leads, Math.max(1, rows.size() - 1));
    return new Estimate(StatUtils.mean(leads), leads.length, interval);
  }

  /**
   * One row for each method but the reference: its name, its {@link #lead}, the interval of the
   * lead, and what follows from it, "better", "worse", or "cannot be told apart".
   *
   * @throws IllegalArgumentException as {@link #lead} does
   */
  public Table leads(String reference) {
    List<String> names =
        rows.stream().map(Row::name).filter(name -> !name.equals(reference)).toList();
    List<Estimate> leads = names.stream().map(name -> lead(name, reference)).toList();
    return Table.create(
        StringColumn.create(what, names),
        DoubleColumn.create("minus " + reference, leads.stream().mapToDouble(Estimate::value)),
        StringColumn.create(
            "95 % of all at once",
            leads.stream().map(e -> e.interval() == null ? null : e.interval().toString())),
        StringColumn.create("verdict", leads.stream().map(RunComparison::verdict)));
  }

  private static String verdict(Estimate lead) {
    Interval interval = lead.interval();
    if (interval == null || interval.low() <= 0 && interval.high() >= 0) {
      return "cannot be told apart";
    }
    return lead.value() > 0 ? "better" : "worse";
  }

  private Row row(String name) {
    return rows.stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\" was not compared; there are %s"
                        .formatted(name, rows.stream().map(Row::name).toList())));
  }

  /**
   * The row with the highest mean accuracy, counted from 0; the first of equally high ones.
   *
   * @throws IllegalStateException if nothing was added
   */
  public int best() {
    return IntStream.range(0, rows.size())
        .boxed()
        .max(Comparator.comparingDouble(row -> rows.get(row).mean().value()))
        .orElseThrow(() -> new IllegalStateException("nothing to compare: add a row first"));
  }

  /**
   * One row a method: its name, learning rate (unless none has one), number of runs, mean accuracy,
   * the 95 % interval of the mean (missing for a single run), lowest and highest accuracy, mean
   * seconds.
   */
  public Table table() {
    Table table =
        Table.create(
            StringColumn.create(what, rows.stream().map(Row::name)),
            StringColumn.create("learning rate", rows.stream().map(Row::rate)));
    if (table.column("learning rate").countMissing() == rows.size()) {
      table.removeColumns("learning rate");
    }
    return table.addColumns(
        IntColumn.create("runs", rows.stream().mapToInt(r -> r.accuracies().length)),
        numbers("mean accuracy", row -> row.mean().value()),
        StringColumn.create("95 % of the mean", rows.stream().map(Row::interval)),
        numbers("lowest", row -> StatUtils.min(row.accuracies())),
        numbers("highest", row -> StatUtils.max(row.accuracies())),
        numbers("seconds", row -> StatUtils.mean(row.seconds())));
  }

  private DoubleColumn numbers(String name, ToDoubleFunction<Row> number) {
    return DoubleColumn.create(name, rows.stream().mapToDouble(number));
  }
}
