package journey.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import journey.data.ChildProcess;
import journey.metrics.TrainingHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FontsTest {

  private static final String NO_FONTS =
      "<fontconfig><dir>/nowhere</dir><cachedir>%s</cachedir></fontconfig>";

  /** Java's second error is another one than its first. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutFontsEveryFigureSaysWhatToInstall(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path config = Files.writeString(folder.resolve("fonts.conf"), NO_FONTS.formatted(folder));
    // Java remembers in the home folder which fonts it once found.
    String classes = System.getProperty("java.class.path");
    var child =
        ChildProcess.java(
            List.of(
                "-Djava.awt.headless=true",
                "-Duser.home=" + folder,
                "-cp",
                classes,
                FontsTest.class.getName()),
            "env",
            "FONTCONFIG_FILE=" + config);
    String missing =
        """
        Java finds no fonts on this machine, so no figure can have text. Install fontconfig and a \
        font (Debian, Ubuntu: apt-get install fontconfig fonts-dejavu-core; Fedora: dnf install \
        fontconfig dejavu-sans-fonts; Alpine: apk add fontconfig font-dejavu).""";
    String said = missing + " Then start the kernel again.\n";
    assertEquals(new ChildProcess.Result(1, said + said + said + missing + "\n"), child.end());
  }

  public static void main(String[] arguments) {
    var history = new TrainingHistory().add(1, Map.of("train loss", .5));
    List<Runnable> figures =
        List.of(
            () -> LearningCurves.of(history).draw(),
            () -> NetworkDiagram.of(3, 2, 1).draw(),
            () -> ClassCounts.of("", List.of("a"), new int[] {1}).draw());
    for (Runnable figure : figures) {
      try {
        figure.run();
      } catch (IllegalStateException missing) {
        System.out.println(missing.getMessage());
      }
    }
    Fonts.main(arguments);
  }
}
