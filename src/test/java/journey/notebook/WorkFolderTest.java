package journey.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {

  private static final Path NAME = Path.of("checkpoints", "full");

  @TempDir Path work;

  @Test
  void whereverANotebookIsStartedItsFilesGoToOnePlace(@TempDir Path elsewhere) throws IOException {
    Path expected = work.resolve("build").resolve(NAME);
    assertEquals(
        Path.of("..", "build", "checkpoints", "full"),
        WorkFolder.file(work, work.resolve("notebooks"), NAME));
    assertTrue(Files.isDirectory(expected.getParent()) && Files.notExists(expected));
    assertEquals(expected, WorkFolder.file(work, elsewhere, NAME));
    assertEquals(expected, WorkFolder.file(work, work.resolveSibling("w"), NAME));
  }

  @Test
  void saysWhatToDoIfTheFolderCannotBeMade() throws IOException {
    Files.writeString(work.resolve("build"), "a file in the folder's place");
    String message =
        assertThrows(IOException.class, () -> WorkFolder.file(work, work, NAME)).getMessage();
    assertTrue(
        message.contains(work.resolve("build").toString()) && message.contains("JOURNEY_WORK"),
        () -> message);
  }
}
