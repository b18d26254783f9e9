package journey.notebook;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import journey.metrics.Estimate;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A Tablesaw table as HTML for a notebook: {@code render(HtmlTable.of(table).html(), "text/html")}.
 * Text is escaped and left-aligned, numbers are right-aligned, and a missing value is a dash. The
 * text keeps the page's colour and is readable on a light page and on a dark one.
 */
public final class HtmlTable {

  private static final String LEFT = "text-align:left";
  private static final String RIGHT = "text-align:right";
  private static final String MARK = ";font-weight:bold;background:rgba(86,180,233,0.2)";

  private final Table table;
  private int decimals = 4;
  private final Map<String, Integer> decimalsOfColumn = new HashMap<>();
  private final Set<Integer> markedRows = new HashSet<>();
  private final Set<String> markedColumns = new HashSet<>();

  private HtmlTable(Table table) {
    this.table = table;
  }

  /** A table that shows fractional numbers with four decimals. */
  public static HtmlTable of(Table table) {
    return new HtmlTable(table);
  }

  /**
   * Sets the decimals of all fractional numbers.
   *
   * @return this table
   */
  public HtmlTable decimals(int decimals) {
    this.decimals = decimals;
    return this;
  }

  /**
   * Sets the decimals of the fractional numbers in one column.
   *
   * @return this table
   * @throws IllegalStateException if there is no such column
   */
  public HtmlTable decimals(String column, int decimals) {
    decimalsOfColumn.put(table.column(column).name(), decimals);
    return this;
  }

  /**
   * Marks a row, counted from 0.
   *
   * @return this table
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public HtmlTable markRow(int row) {
    markedRows.add(Objects.checkIndex(row, table.rowCount()));
    return this;
  }

  /**
   * Marks a column.
   *
   * @return this table
   * @throws IllegalStateException if there is no such column
   */
  public HtmlTable markColumn(String name) {
    markedColumns.add(table.column(name).name());
    return this;
  }

  /** The table as an HTML {@code <table>} element, on one line. */
  public String html() {
    var document = new Document("");
    document.outputSettings().prettyPrint(false);
    Element html = document.appendElement("table");
    Element head = html.appendElement("thead").appendElement("tr");
    for (Column<?> column : table.columns()) {
      cell(head, "th", column, markedColumns.contains(column.name())).text(column.name());
    }
    Element body = html.appendElement("tbody");
    for (int row = 0; row < table.rowCount(); row++) {
      Element line = body.appendElement("tr");
      for (Column<?> column : table.columns()) {
        boolean marked = markedRows.contains(row) || markedColumns.contains(column.name());
        cell(line, "td", column, marked).text(text(column, row));
      }
    }
    return html.outerHtml();
  }

  private static Element cell(Element line, String tag, Column<?> column, boolean marked) {
    String alignment = column.type().equals(ColumnType.STRING) ? LEFT : RIGHT;
    return line.appendElement(tag).attr("style", alignment + (marked ? MARK : ""));
  }

  private String text(Column<?> column, int row) {
    if (column.isMissing(row)) {
      return Estimate.UNDEFINED;
    }
    Object value = column.get(row);
    if (value instanceof Double || value instanceof Float) {
      int places = decimalsOfColumn.getOrDefault(column.name(), decimals);
      return String.format(Locale.ROOT, "%." + places + "f", value);
    }
    return value instanceof Number ? String.format(Locale.ROOT, "%,d", value) : value.toString();
  }
}
