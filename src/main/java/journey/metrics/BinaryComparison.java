package journey.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Several binary classifiers side by side: the same figures of each, a column for each.
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
   * @param name what stands above its figures
   * @return this comparison
   * @throws IllegalArgumentException if the name is there already, or the classes are not those of
   *     the reports before
   */
  public BinaryComparison add(String name, BinaryReport report) {
    for (BinaryReport before : reports.values()) {
      if (!before.classNames().equals(report.classNames())) {
        throw new IllegalArgumentException(
            "\"%s\" tells %s apart, those before it %s; compare reports of the same classes"
                .formatted(name, report.classNames(), before.classNames()));
      }
    }
    if (reports.putIfAbsent(name, report) != null) {
      throw new IllegalArgumentException("there is a report \"%s\" already".formatted(name));
    }
    return this;
  }

  /**
   * One row a figure: metric, class, then for each classifier its figure with the 95 % interval as
   * text.
   *
   * @throws IllegalStateException if nothing was added
   */
  public Table table() {
    if (reports.isEmpty()) {
      throw new IllegalStateException("nothing to compare: add a report first");
    }
    List<Figure> first = reports.values().iterator().next().figures();
    var table =
        Table.create(
            StringColumn.create("metric", first.stream().map(Figure::metric)),
            StringColumn.create("class", first.stream().map(Figure::className)));
    reports.forEach(
        (name, report) ->
            table.addColumns(
                StringColumn.create(
                    name, report.figures().stream().map(f -> f.estimate().toString()))));
    return table;
  }
}
