package journey.metrics;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import journey.engine.Budget;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * All sizes of a notebook in one place, for each budget: the table that shows them is also where
 * the cells get them from.
 *
 * <pre>{@code
 * var settings = new Settings(Budget.current())
 *     .row("epochs", 2, 20, 60)
 *     .row("learning rate", 0.01, 0.01, 0.005);
 * display(settings.html(), "text/html");
 * int epochs = settings.get("epochs");
 * }</pre>
 */
public final class Settings {

  private final Budget budget;
  private final Map<String, Map<Budget, Number>> rows = new LinkedHashMap<>();

  /** Settings without rows, of which this budget's will hold. */
  public Settings(Budget budget) {
    this.budget = budget;
  }

  /**
   * Adds a whole number for each budget.
   *
   * @return these settings
   * @throws IllegalArgumentException if there is a row of this name
   */
  public Settings row(String name, int smoke, int standard, int full) {
    return add(name, smoke, standard, full);
  }

  /**
   * Adds a number for each budget.
   *
   * @return these settings
   * @throws IllegalArgumentException if there is a row of this name
   */
  public Settings row(String name, double smoke, double standard, double full) {
    return add(name, smoke, standard, full);
  }

  /** The budget whose numbers hold. */
  public Budget budget() {
    return budget;
  }

  /**
   * The whole number that holds.
   *
   * @throws IllegalArgumentException if there is no row of this name, or its numbers are not whole
   */
  public int get(String name) {
    Number value = number(name);
    if (value instanceof Integer) {
      return value.intValue();
    }
    throw new IllegalArgumentException(
        "\"%s\" is %s, not a whole number: use getDouble".formatted(name, value));
  }

  /**
   * The number that holds.
   *
   * @throws IllegalArgumentException if there is no row of this name
   */
  public double getDouble(String name) {
    return number(name).doubleValue();
  }

  /** One row for each name: the name, then the numbers for smoke, standard and full. */
  public Table table() {
    Table table = Table.create(StringColumn.create("setting", rows.keySet()));
    for (Budget each : Budget.values()) {
      var column = StringColumn.create(each.toString());
      rows.values().forEach(numbers -> column.append(text(numbers.get(each))));
      table.addColumns(column);
    }
    return table;
  }

  /** The table as HTML, with the column that holds marked. */
  public String html() {
    return HtmlTable.of(table()).markColumn(budget.toString()).html();
  }

  private Settings add(String name, Number smoke, Number standard, Number full) {
    var numbers = Map.of(Budget.SMOKE, smoke, Budget.STANDARD, standard, Budget.FULL, full);
    if (rows.putIfAbsent(name, numbers) != null) {
      throw new IllegalArgumentException("there is a setting \"%s\" already".formatted(name));
    }
    return this;
  }

  private Number number(String name) {
    Map<Budget, Number> numbers = rows.get(name);
    if (numbers == null) {
      throw new IllegalArgumentException(
          "no setting \"%s\"; there are %s".formatted(name, rows.keySet()));
    }
    return numbers.get(budget);
  }

  private static String text(Number number) {
    return number instanceof Integer
        ? String.format(Locale.ROOT, "%,d", number.intValue())
        : number.toString();
  }
}
