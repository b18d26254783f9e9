package journey.metrics;

import java.io.StringWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jsoup.nodes.Element;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.io.html.HtmlWriteOptions;
import tech.tablesaw.io.html.HtmlWriter;

/**
 * A Tablesaw table as HTML for a notebook: {@code display(HtmlTable.of(table).html(),
 * "text/html")}. Text is escaped and stands left, numbers stand right; a missing value is a dash.
 * No colour is set for text, so that it is readable on a light page as on a dark one.
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
   * How many decimals fractional numbers have.
   *
   * @return this table
   */
  public HtmlTable decimals(int decimals) {
    this.decimals = decimals;
    return this;
  }

  /**
   * How many decimals the fractional numbers of one column have.
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

  /** The table as an HTML {@code <table>} element. */
  public String html() {
    Table texts = Table.create(table.name());
    table.columns().forEach(column -> texts.addColumns(asText(column)));
    var out = new StringWriter();
    new HtmlWriter()
        .write(texts, HtmlWriteOptions.builder(out).elementCreator(this::element).build());
    return CompactHtml.of(out.toString());
  }

  private Element element(String tag, Column<?> column, Integer row) {
    var element = new Element(tag);
    if (tag.equals("td") || tag.equals("th")) {
      boolean isText = table.column(column.name()).type().equals(ColumnType.STRING);
      boolean isMarked =
          markedColumns.contains(column.name()) || row != null && markedRows.contains(row);
      element.attr("style", (isText ? LEFT : RIGHT) + (isMarked ? MARK : ""));
    }
    return element;
  }

  private StringColumn asText(Column<?> column) {
    var texts = StringColumn.create(column.name());
    int digits = decimalsOfColumn.getOrDefault(column.name(), decimals);
    for (int row = 0; row < column.size(); row++) {
      texts.append(column.isMissing(row) ? Estimate.UNDEFINED : text(column.get(row), digits));
    }
    return texts;
  }

  private static String text(Object value, int decimals) {
    if (value instanceof Double || value instanceof Float) {
      return String.format(Locale.ROOT, "%." + decimals + "f", ((Number) value).doubleValue());
    }
    if (value instanceof Number) {
      return String.format(Locale.ROOT, "%,d", ((Number) value).longValue());
    }
    return value.toString();
  }
}
