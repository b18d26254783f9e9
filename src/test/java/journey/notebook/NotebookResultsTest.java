package journey.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import journey.engine.Acceleration;
import journey.engine.Engine;
import journey.engine.Helpers;
import journey.metrics.Estimate;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class NotebookResultsTest {

  private static final Estimate ACCURACY = Estimate.proportion(4_563, 5_000);

  private final NotebookResults results =
      new NotebookResults("excursions/digits")
          .add("accuracy", "validation", ACCURACY, 0.9130)
          .add("loss", "test", new Estimate(0.25, 1_000, null));

  @Test
  void theReaderSeesATable() {
    assertEquals(
        List.of(
            List.of("accuracy", "validation", "0.9126", "[0.9045, 0.9201]", "5,000", "0.9130"),
            List.of("loss", "test", "0.2500", "–", "1,000", "–")),
        html("a processor").select("tbody tr").stream()
            .map(row -> row.select("td").eachText())
            .toList());
  }

  @Test
  void aProgramFindsTheSameInFullPrecision() {
    assertEquals(
        JsonParser.parseString(
            """
            {"notebook": "excursions/digits", "budget": "full", "device": "a processor",
             "seconds": 83.4, "standIn": true, "measurements": [
               {"metric": "accuracy", "split": "validation", "value": 0.9126, "count": 5000,
                "low": %s, "high": %s, "reference": 0.913},
               {"metric": "loss", "split": "test", "value": 0.25, "count": 1000,
                "low": null, "high": null, "reference": null}]}"""
                .formatted(ACCURACY.interval().low(), ACCURACY.interval().high())),
        json(html("a processor")));
  }

  @Test
  void noTextEndsTheScript() {
    String device = "CPU \"two cores\" </script><b>";
    JsonObject json = json(html(device)).getAsJsonObject();
    assertEquals(device, json.get("device").getAsString());
  }

  @Test
  void refusesWhatIsNoResult() {
    assertMessage("recall (test)", () -> results.add("recall", "test", Estimate.proportion(0, 0)));
    assertMessage("reference NaN", () -> results.add("F1", "test", ACCURACY, Double.NaN));
    assertMessage("already", () -> results.add("accuracy", "validation", ACCURACY));
    assertMessage("NaN", () -> results.html(Budget.FULL, engine(""), Double.NaN, false));
  }

  private Document html(String device) {
    return Jsoup.parse(results.html(Budget.FULL, engine(device), 83.44, true));
  }

  private static JsonElement json(Document html) {
    String selector = "script.journey-results[type=application/json]";
    return JsonParser.parseString(html.selectFirst(selector).data());
  }

  private static Engine engine(String device) {
    return new Engine(
        Engine.Backend.CPU,
        device,
        1_000_000_000,
        new Helpers(true, ""),
        new Acceleration(true, "oneDNN 2.5.2"),
        2,
        null);
  }

  private static void assertMessage(String part, Runnable action) {
    var error = assertThrows(IllegalArgumentException.class, action::run);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }
}
