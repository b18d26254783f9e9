package journey.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class HtmlTableTest {

  private final Table table =
      Table.create(
          StringColumn.create("name", "a <b> & c", "second"),
          DoubleColumn.create("value", 1234.56789, Double.NaN),
          LongColumn.create("count", 45_000L, 7L));

  @Test
  void formatsAndEscapes() {
    String html = HtmlTable.of(table).html();
    assertEquals(List.of("name", "value", "count"), texts(html, "thead th"));
    assertEquals(
        List.of("a <b> & c", "1234.5679", "45,000", "second", "–", "7"), texts(html, "td"));
    assertTrue(html.contains("a &lt;b&gt; &amp; c"), html);
    assertEquals(
        List.of("a <b> & c", "1234.6", "45,000", "second", "–", "7"),
        texts(HtmlTable.of(table).decimals(1).html(), "td"));
    assertEquals("1234.57", texts(HtmlTable.of(table).decimals("value", 2).html(), "td").get(1));
  }

  @Test
  void leavesTheTableAsItWas() {
    HtmlTable.of(table).markRow(0).html();
    assertEquals(1234.56789, table.doubleColumn("value").get(0));
    assertEquals(3, table.columnCount());
  }

  @Test
  void marksRowsAndColumns() {
    Elements cells =
        Jsoup.parse(HtmlTable.of(table).markRow(1).markColumn("count").html()).select("td");
    assertEquals(
        List.of(false, false, true, true, true, true),
        cells.stream().map(HtmlTableTest::isMarked).toList());
    assertThrows(IndexOutOfBoundsException.class, () -> HtmlTable.of(table).markRow(2));
    assertThrows(IllegalStateException.class, () -> HtmlTable.of(table).markColumn("none"));
  }

  @Test
  void leavesTheTextsColourToThePage() {
    for (Element element : Jsoup.parse(HtmlTable.of(table).markRow(0).html()).select("[style]")) {
      assertFalse(element.attr("style").matches(".*(^|;)color:.*"), element.toString());
    }
  }

  private static boolean isMarked(Element cell) {
    return cell.attr("style").contains("bold");
  }

  private static List<String> texts(String html, String selector) {
    return Jsoup.parse(html).select(selector).eachText();
  }
}
