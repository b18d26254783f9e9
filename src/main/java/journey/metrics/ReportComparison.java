package journey.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Several classifiers of the same examples side by side: a row for each measurement, a column for
 * each classifier.
 *
 * <pre>{@code
 * var both = new ReportComparison().add("the neuron", neuron).add("the network", network);
 * render(HtmlTable.of(both.table()).html(), "text/html")
 * }</pre>
 */
public final class ReportComparison {

  private final Map<String, ClassificationReport> reports = new LinkedHashMap<>();

  /**
   * Adds a classifier.
   *
   * @param name the heading of its column
   * @return this comparison
   * @throws IllegalArgumentException if the name is there already, or the examples or classes
   *     differ from those of the reports before
   */
  public ReportComparison add(String name, ClassificationReport report) {
    reports.values().forEach(before -> PairedDifference.requireSameExamples(before, report));
    if (reports.putIfAbsent(name, report) != null) {
      throw new IllegalArgumentException("there is a report \"%s\" already".formatted(name));
    }
    return this;
  }

  /**
   * One measurement a row: metric, class, then for each classifier the value with its 95 % interval
   * as text. Beside two classifiers stands the second's lead, a {@link PairedDifference}.
   *
   * @throws IllegalStateException if nothing was added
   */
  public Table table() {
    if (reports.isEmpty()) {
      throw new IllegalStateException("nothing to compare: add a report first");
    }
    List<ClassificationReport> all = new ArrayList<>(reports.values());
    List<Measurement> rows = all.get(0).measurements();
    var table =
        Table.create(
            StringColumn.create("metric", rows.stream().map(Measurement::metric)),
            StringColumn.create("class", rows.stream().map(Measurement::className)));
    reports.forEach((name, report) -> table.addColumns(column(name, report.measurements())));
    if (all.size() == 2) {
      PairedDifference lead = PairedDifference.of(all.get(0), all.get(1));
      table.addColumns(column("difference", lead.measurements()));
    }
    return table;
  }

  /**
   * How far each classifier is ahead of the first one, a row each: the accuracy of both, how many
   * examples it alone got right, how many the first one alone, the difference in accuracy and
   * McNemar's p, from {@link PairedDifference}.
   *
   * @param what what the classifiers differ in, the heading of their names
   * @throws IllegalStateException if there are not at least two
   */
  public Table leads(String what) {
    if (reports.size() < 2) {
      throw new IllegalStateException("nothing to compare: add two reports first");
    }
    List<String> names = new ArrayList<>(reports.keySet());
    ClassificationReport first = reports.get(names.get(0));
    List<String> others = names.subList(1, names.size());
    List<PairedDifference> leads =
        others.stream().map(name -> PairedDifference.of(first, reports.get(name))).toList();
    Stream<String> accuracies = others.stream().map(name -> reports.get(name).accuracy() + "");
    return Table.create(
        StringColumn.create(what, others),
        StringColumn.create("accuracy", accuracies),
        StringColumn.create(
            "of " + names.get(0), others.stream().map(name -> first.accuracy() + "")),
        IntColumn.create("won", leads.stream().mapToInt(lead -> lead.gained().length)),
        IntColumn.create("lost", leads.stream().mapToInt(lead -> lead.lost().length)),
        StringColumn.create("difference", leads.stream().map(lead -> lead.of("accuracy") + "")),
        StringColumn.create(
            "p", leads.stream().map(lead -> String.format(Locale.ROOT, "%.2g", lead.pValue()))));
  }

  private static StringColumn column(String name, List<Measurement> measurements) {
    Stream<String> texts = measurements.stream().map(m -> m.estimate().toString());
    return StringColumn.create(name, texts);
  }
}
