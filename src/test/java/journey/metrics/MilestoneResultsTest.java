package journey.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class MilestoneResultsTest {

  private static final Estimate ACCURACY = Estimate.proportion(4_563, 5_000);

  private final MilestoneResults results =
      new MilestoneResults(1)
          .add("accuracy", "validation", ACCURACY, 0.9130)
          .add("loss", "test", new Estimate(0.25, 1_000, null));

  @Test
  void aProgramFindsWhatTheReaderSees() {
    Element row = rows().get(0);
    assertEquals("1", row.attr("data-milestone"));
    assertEquals("accuracy", row.attr("data-metric"));
    assertEquals("validation", row.attr("data-split"));
    assertEquals("0.9126", row.attr("data-value"));
    assertEquals("5000", row.attr("data-count"));
    assertEquals(ACCURACY.interval().low(), Double.parseDouble(row.attr("data-low")));
    assertEquals(ACCURACY.interval().high(), Double.parseDouble(row.attr("data-high")));
    assertEquals("0.913", row.attr("data-reference"));
    assertEquals(
        List.of("accuracy", "validation", "0.9126", "[0.9045, 0.9201]", "5,000", "0.9130"),
        row.select("td").eachText());
  }

  @Test
  void whatThereIsNotIsAbsent() {
    Element row = rows().get(1);
    for (String absent : List.of("data-low", "data-high", "data-reference")) {
      assertFalse(row.hasAttr(absent), absent);
    }
    assertEquals(List.of("loss", "test", "0.2500", "–", "1,000", "–"), row.select("td").eachText());
  }

  @Test
  void theTableSaysHowItWasMade() {
    Element table =
        Jsoup.parse(results.html("full", "CPU \"two cores\" <x>", 83.44, true))
            .selectFirst("table.journey-results");
    assertEquals("full", table.attr("data-budget"));
    assertEquals("CPU \"two cores\" <x>", table.attr("data-device"));
    assertEquals("83.4", table.attr("data-seconds"));
    assertEquals("true", table.attr("data-stand-in"));
  }

  @Test
  void refusesWhatIsNoResult() {
    var undefined =
        assertThrows(
            IllegalArgumentException.class,
            () -> results.add("recall", "test", Estimate.proportion(0, 0)));
    assertTrue(undefined.getMessage().contains("recall (test)"), undefined.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> results.add("accuracy", "validation", ACCURACY));
  }

  private List<Element> rows() {
    return Jsoup.parse(results.html("smoke", "CPU", 1, false)).select("tbody tr");
  }
}
