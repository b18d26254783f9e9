package journey.notebook;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.List;
import journey.engine.Engine;
import journey.metrics.Estimate;
import journey.metrics.Interval;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A notebook's results, as a table for the reader and, beside it, as a JSON object for a program:
 *
 * <pre>{@code
 * <script type="application/json" class="journey-results">{
 *   "notebook": "01_single_neuron", "budget": "full", "device": "...", "seconds": 83.4,
 *   "standIn": false, "measurements": [
 *     {"metric": "accuracy", "split": "test", "value": 0.913, "count": 1000,
 *      "low": 0.8939, "high": 0.9289, "reference": 0.913}
 *   ]}</script>
 * }</pre>
 *
 * <p>{@code low} and {@code high}, the ends of the 95 % interval, are null where there is none, and
 * so is {@code reference}, the value to compare with. Numbers are in full precision; the table
 * shows four decimals.
 */
public final class NotebookResults {

  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private final String notebook;
  private final List<Row> measurements = new ArrayList<>();

  private record Row(
      String metric,
      String split,
      double value,
      long count,
      Double low,
      Double high,
      Double reference) {

    String interval() {
      return low == null ? null : new Interval(low, high).toString();
    }
  }

  private record Results(
      String notebook,
      String budget,
      String device,
      double seconds,
      boolean standIn,
      List<Row> measurements) {}

  /**
   * No results yet.
   *
   * @param notebook the notebook's path below {@code notebooks}, without its suffix, such as {@code
   *     01_single_neuron}
   */
  public NotebookResults(String notebook) {
    this.notebook = notebook;
  }

  /**
   * Adds a result without a reference value.
   *
   * @param metric what was measured, such as {@code accuracy}
   * @param split on which part of the data, such as {@code validation}
   * @return these results
   * @throws IllegalArgumentException if the value is not finite, or this metric was added for this
   *     split before
   */
  public NotebookResults add(String metric, String split, Estimate estimate) {
    return put(metric, split, estimate, null);
  }

  /**
   * Adds a result.
   *
   * @param metric what was measured, such as {@code accuracy}
   * @param split on which part of the data, such as {@code validation}
   * @param reference the value to compare with
   * @return these results
   * @throws IllegalArgumentException if a value is not finite, or this metric was added for this
   *     split before
   */
  public NotebookResults add(String metric, String split, Estimate estimate, double reference) {
    return put(metric, split, estimate, reference);
  }

  /**
   * The table and the JSON object as HTML.
   *
   * @param budget how much work was done
   * @param engine what it ran on
   * @param seconds how long it took
   * @param standIn whether the data were generated, so that the results mean nothing
   * @throws IllegalArgumentException if a number is not finite
   */
  public String html(Budget budget, Engine engine, double seconds, boolean standIn) {
    var results =
        new Results(
            notebook,
            budget.toString(),
            engine.device(),
            Math.rint(10 * seconds) / 10,
            standIn,
            measurements);
    // In HTML, "</" would end the script.
    String json = GSON.toJson(results).replace("</", "<\\/");
    return HtmlTable.of(table()).markColumn("ours").html()
        + "<script type=\"application/json\" class=\"journey-results\">%s</script>".formatted(json);
  }

  private NotebookResults put(String metric, String split, Estimate estimate, Double reference) {
    String name = "%s (%s)".formatted(metric, split);
    if (!Double.isFinite(estimate.value()) || reference != null && !Double.isFinite(reference)) {
      throw new IllegalArgumentException(
          "\"%s\" is %s on %d examples, and its reference %s; a result must be a finite number"
              .formatted(name, estimate.value(), estimate.count(), reference));
    }
    if (measurements.stream().anyMatch(m -> m.metric.equals(metric) && m.split.equals(split))) {
      throw new IllegalArgumentException("there is a result \"%s\" already".formatted(name));
    }
    Interval interval = estimate.interval();
    measurements.add(
        new Row(
            metric,
            split,
            estimate.value(),
            estimate.count(),
            interval == null ? null : interval.low(),
            interval == null ? null : interval.high(),
            reference));
    return this;
  }

  private Table table() {
    var reference = DoubleColumn.create("reference");
    measurements.forEach(m -> reference.append(m.reference));
    return Table.create(
        StringColumn.create("metric", measurements.stream().map(Row::metric)),
        StringColumn.create("measured on", measurements.stream().map(Row::split)),
        DoubleColumn.create("ours", measurements.stream().mapToDouble(Row::value)),
        StringColumn.create("95 % interval", measurements.stream().map(Row::interval)),
        LongColumn.create("count", measurements.stream().mapToLong(Row::count)),
        reference);
  }
}
