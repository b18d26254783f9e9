package journey.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @ParameterizedTest
  @CsvSource({"SMOKE, 2, 0.1", "STANDARD, 20, 0.01", "FULL, 60, 0.005"})
  void holdsWhatTheBudgetSays(Budget budget, int epochs, double learningRate) {
    Settings settings = settings(budget);
    assertEquals(epochs, settings.get("epochs"));
    assertEquals(learningRate, settings.getDouble("learning rate"));
    assertEquals(epochs, settings.getDouble("epochs"));
  }

  @Test
  void showsAllBudgetsAndMarksTheOneThatHolds() {
    var html = Jsoup.parse(settings(Budget.STANDARD).html());
    assertEquals(
        List.of("setting", "smoke", "standard", "full"), html.select("thead th").eachText());
    assertEquals(
        List.of("training pictures", "2,000", "45,000", "45,000"),
        html.select("tbody tr").get(1).select("td").eachText());
    assertEquals(List.of("20", "45,000", "0.01"), html.select("td[style*=bold]").eachText());
  }

  @Test
  void namesWhatIsWrong() {
    Settings settings = settings(Budget.FULL);
    assertMessage(
        "no setting \"epoch\"; there are [epochs, training pictures, learning rate]",
        () -> settings.get("epoch"));
    assertMessage("\"learning rate\" is 0.005", () -> settings.get("learning rate"));
    assertMessage("\"epochs\" already", () -> settings.row("epochs", 1, 1, 1));
  }

  private static void assertMessage(String part, Runnable action) {
    var error = assertThrows(IllegalArgumentException.class, action::run);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  private static Settings settings(Budget budget) {
    return new Settings(budget)
        .row("epochs", 2, 20, 60)
        .row("training pictures", 2_000, 45_000, 45_000)
        .row("learning rate", 0.1, 0.01, 0.005);
  }
}
