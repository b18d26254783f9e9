package journey.metrics;

import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * One measurement of a report.
 *
 * @param metric what was measured
 * @param className the class it was measured on, or a word for all of them
 */
record Measurement(String metric, String className, Estimate estimate) {

  /** The same metric of the same class, with another estimate. */
  Measurement with(Estimate other) {
    return new Measurement(metric, className, other);
  }

  /** One a row: metric, class, value, count, 95 % low, 95 % high. */
  static Table table(List<Measurement> measurements) {
    var table =
        Table.create(
            StringColumn.create("metric"),
            StringColumn.create("class"),
            DoubleColumn.create("value"),
            LongColumn.create("count"),
            DoubleColumn.create("95 % low"),
            DoubleColumn.create("95 % high"));
    for (Measurement measurement : measurements) {
      Estimate estimate = measurement.estimate();
      Interval interval = estimate.interval();
      table.stringColumn(0).append(measurement.metric());
      table.stringColumn(1).append(measurement.className());
      table.doubleColumn(2).append(estimate.value());
      table.longColumn(3).append(estimate.count());
      table.doubleColumn(4).append(interval == null ? Double.NaN : interval.low());
      table.doubleColumn(5).append(interval == null ? Double.NaN : interval.high());
    }
    return table;
  }
}
