package journey.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Several binary classifiers side by side: a row for each measurement, a column for each
 * classifier.
 *
 * <pre>{@code
 * var both = new BinaryComparison().add("the neuron", neuron).add("the network", network);
 * render(HtmlTable.of(both.table()).html(), "text/html")
 * }</pre>
 */
public final class BinaryComparison {

  private final Map<String, BinaryReport> reports = new LinkedHashMap<>();

  /**
   * Adds a classifier.
   *
   * @param name the heading of its column
   * @return this comparison
   * @throws IllegalArgumentException if the name is there already, or the classes differ from those
   *     of the reports before
   */
  public BinaryComparison add(String name, BinaryReport report) {
    for (BinaryReport before : reports.values()) {
      if (!before.classNames().equals(report.classNames())) {
        throw new IllegalArgumentException(
            "the classes of \"%s\" are %s, those before it %s; compare reports of the same classes"
                .formatted(name, report.classNames(), before.classNames()));
      }
    }
    if (reports.putIfAbsent(name, report) != null) {
      throw new IllegalArgumentException("there is a report \"%s\" already".formatted(name));
    }
    return this;
  }

  /**
   * One measurement a row: metric, class, then for each classifier the value with its 95 % interval
   * as text.
   *
   * @throws IllegalStateException if nothing was added
   */
  public Table table() {
    if (reports.isEmpty()) {
      throw new IllegalStateException("nothing to compare: add a report first");
    }
    List<Measurement> first = reports.values().iterator().next().measurements();
    var table =
        Table.create(
            StringColumn.create("metric", first.stream().map(Measurement::metric)),
            StringColumn.create("class", first.stream().map(Measurement::className)));
    reports.forEach(
        (name, report) ->
            table.addColumns(
                StringColumn.create(
                    name, report.measurements().stream().map(m -> m.estimate().toString()))));
    return table;
  }
}
