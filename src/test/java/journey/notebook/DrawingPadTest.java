package journey.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class DrawingPadTest {

  /** What the script does is tried in a browser, by test_drawing_pad.py. */
  @Test
  void thePageHasASquareALineAndTheScriptThatJoinsThem() {
    Document page = Jsoup.parseBodyFragment(DrawingPad.html());
    assertEquals(1, page.select("div.journey-pad canvas[aria-label]").size());
    assertEquals(1, page.select("div.journey-pad textarea[readonly]").size());
    assertEquals(1, page.select("script").size());
    assertEquals(0, page.select("[src], [href]").size(), "nothing is fetched");
  }
}
