package journey.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectFolderTest {

  @TempDir Path folder;

  @Test
  void looksForTheProjectUpwards() throws IOException {
    Path home = folder.resolve("a");
    Path deep = Files.createDirectories(home.resolve("notebooks").resolve("excursions"));
    Files.createDirectory(home.resolve("data"));
    Files.createFile(ProjectFolder.manifest(home));
    assertEquals(home, ProjectFolder.home(deep));
    String message =
        assertThrows(IllegalStateException.class, () -> ProjectFolder.home(folder)).getMessage();
    assertTrue(
        message.contains(folder.toString()) && message.contains("-Djourney.home"), () -> message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void writesIntoTheProjectIfNoOtherFolderIsNamed(String named) {
    assertEquals(folder, ProjectFolder.work(folder, Map.of(ProjectFolder.VARIABLE, named)));
    assertEquals(folder, ProjectFolder.work(folder, Map.of()));
  }

  @Test
  void writesIntoTheFolderThatIsNamed() {
    Map<String, String> named = Map.of(ProjectFolder.VARIABLE, "a/../b");
    assertEquals(Path.of("b").toAbsolutePath(), ProjectFolder.work(folder, named));
  }
}
