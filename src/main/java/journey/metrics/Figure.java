package journey.metrics;

import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * One figure of a report.
 *
 * @param metric what was measured
 * @param className of which class, or of how many
 */
record Figure(String metric, String className, Estimate estimate) {

  /** One a row: metric, class, value, count, 95 % low, 95 % high. */
  static Table table(List<Figure> figures) {
    var table =
        Table.create(
            StringColumn.create("metric"),
            StringColumn.create("class"),
            DoubleColumn.create("value"),
            LongColumn.create("count"),
            DoubleColumn.create("95 % low"),
            DoubleColumn.create("95 % high"));
    for (Figure figure : figures) {
      Estimate estimate = figure.estimate();
      Interval interval = estimate.interval();
      table.stringColumn(0).append(figure.metric());
      table.stringColumn(1).append(figure.className());
      table.doubleColumn(2).append(estimate.value());
      table.longColumn(3).append(estimate.count());
      table.doubleColumn(4).append(interval == null ? Double.NaN : interval.low());
      table.doubleColumn(5).append(interval == null ? Double.NaN : interval.high());
    }
    return table;
  }
}
