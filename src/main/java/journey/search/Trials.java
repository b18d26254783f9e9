package journey.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import journey.metrics.Interval;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The trials of a search.
 *
 * @param list one after the other, by their numbers
 */
public record Trials(Space space, List<Trial> list) {

  /** The trials in order. */
  public Trials {
    list = list.stream().sorted(Comparator.comparingInt(Trial::number)).toList();
  }

  /**
   * The trial with the highest score, among those with the longest training.
   *
   * @throws IllegalStateException if no trial has a score
   */
  public Trial best() {
    return findBest()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "none of the %d trials has a score%s"
                        .formatted(
                            list.size(),
                            list.isEmpty()
                                ? ""
                                : "; the last: " + list.get(list.size() - 1).reason())));
  }

  Optional<Trial> findBest() {
    return list.stream()
        .filter(Trial::isDone)
        .max(
            Comparator.comparingDouble((Trial trial) -> trial.suggestion().resource())
                .thenComparingDouble(Trial::value));
  }

  /**
   * One row a trial: its number, a column for each parameter, the share of a whole training, the
   * score, the ends of its 95 % interval, seconds, state, and the reason if it has no score.
   */
  public Table table() {
    var table = Table.create(IntColumn.create("trial", list.stream().mapToInt(Trial::number)));
    for (Dimension dimension : space.dimensions()) {
      Column<?> column = dimension.column();
      list.forEach(trial -> column.appendObj(trial.parameters().values().get(dimension.name())));
      table.addColumns(column);
    }
    var resource = DoubleColumn.create("resource");
    var score = DoubleColumn.create("score");
    var low = DoubleColumn.create("95 % low");
    var high = DoubleColumn.create("95 % high");
    var seconds = DoubleColumn.create("seconds");
    var state = StringColumn.create("state");
    var reason = StringColumn.create("reason");
    for (Trial trial : list) {
      Interval interval = trial.isDone() ? trial.score().interval() : null;
      resource.append(trial.suggestion().resource());
      score.append(trial.value());
      low.append(interval == null ? Double.NaN : interval.low());
      high.append(interval == null ? Double.NaN : interval.high());
      seconds.append(trial.seconds());
      state.append(trial.state().toString());
      reason.append(trial.reason());
    }
    return table.addColumns(resource, score, low, high, seconds, state, reason);
  }
}
