package journey.notebook;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * All sizes of a notebook in one place, for each budget. The cells take their numbers from the same
 * table that the reader sees.
 *
 * <pre>{@code
 * var settings = new Settings(Budget.current())
 *     .row("epochs", 2, 20, 60)
 *     .row("learning rate", 0.01, 0.01, 0.005);
 * render(settings.html(), "text/html");
 * int epochs = settings.get("epochs");
 * }</pre>
 */
public final class Settings {

  private final Budget budget;
  private final Map<String, Map<Budget, Number>> rows = new LinkedHashMap<>();

  /** Settings without rows, for work at this budget. */
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

  /**
   * The whole number for the budget at hand.
   *
   * @throws IllegalArgumentException if there is no row of this name, or its numbers are not whole
   */
  public int get(String name) {
    if (number(name) instanceof Integer whole) {
      return whole;
    }
    throw new IllegalArgumentException(
        "\"%s\" is %s, not a whole number: use getDouble".formatted(name, number(name)));
  }

  /**
   * The number for the budget at hand.
   *
   * @throws IllegalArgumentException if there is no row of this name
   */
  public double getDouble(String name) {
    return number(name).doubleValue();
  }

  /** The settings as an HTML table, with a column for each budget; the one at hand is marked. */
  public String html() {
    Table table = Table.create(StringColumn.create("setting", rows.keySet()));
    for (Budget each : Budget.values()) {
      table.addColumns(
          StringColumn.create(
              each.toString(), rows.values().stream().map(numbers -> text(numbers.get(each)))));
    }
    return HtmlTable.of(table).markColumn(budget.toString()).html();
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
        ? String.format(Locale.ROOT, "%,d", number)
        : number.toString();
  }
}
