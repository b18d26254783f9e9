package journey.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final PrintStream out = System.out;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @BeforeEach
  void catchOutput() {
    System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restoreOutput() {
    System.setOut(out);
  }

  @Test
  void countsEveryStepAndKeepsOneLine() {
    List<Integer> seen = new ArrayList<>();
    try (Progress progress = Progress.of("Counting", 3, " things")) {
      for (int element : progress.over(List.of(7, 8, 9))) {
        seen.add(element);
      }
      assertFalse(progress.stopped());
    }
    String text = shown.toString(StandardCharsets.UTF_8);
    assertEquals(List.of(7, 8, 9), seen);
    assertTrue(text.contains("Counting") && text.contains("3/3"), text);
    assertEquals(text.stripTrailing().indexOf('\n'), -1, "more than one line: " + text);
  }

  @Test
  void aLineThatIsSaidStaysAboveTheBar() {
    try (Progress progress = Progress.of("Saying", 2, " things")) {
      progress.step();
      progress.say("Nearly done.");
      progress.step();
    }
    String[] lines = shown.toString(StandardCharsets.UTF_8).stripTrailing().split("\n");
    assertEquals(2, lines.length);
    assertEquals("Nearly done.", lines[0].substring(lines[0].lastIndexOf('\r') + 1).strip());
    assertTrue(lines[1].contains("2/2"), lines[1]);
  }

  @Test
  void showsASmallFileInKilobytes() {
    try (Progress progress = Progress.ofBytes("Fetching", 335_858, 0)) {
      progress.stepTo(335_858);
    }
    String text = shown.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("335/335 kB"), text);
  }

  @Test
  void writesTheSpeedWithAPointUnderAnyLocale() throws InterruptedException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try (Progress progress = Progress.of("Hurrying", 3, " things")) {
      progress.step();
      Thread.sleep(1100);
      progress.step();
    } finally {
      Locale.setDefault(before);
    }
    String text = shown.toString(StandardCharsets.UTF_8);
    assertTrue(Pattern.compile("\\d\\.\\d things/s").matcher(text).find(), text);
  }

  @Test
  void endsAfterTheStepInHandWhenInterrupted() {
    List<Integer> seen = new ArrayList<>();
    try (Progress progress = Progress.of("Stopping", 3, " things")) {
      for (int element : progress.over(List.of(1, 2, 3))) {
        seen.add(element);
        if (element == 2) {
          Thread.currentThread().interrupt();
        }
      }
      assertTrue(progress.stopped());
      assertFalse(Thread.currentThread().isInterrupted(), "the flag is cleared");
      assertFalse(progress.over(List.of(4)).iterator().hasNext(), "it stays stopped");
    }
    assertEquals(List.of(1, 2), seen);
    assertTrue(shown.toString(StandardCharsets.UTF_8).contains("2/3"));
  }
}
