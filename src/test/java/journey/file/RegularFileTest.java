package journey.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import journey.data.SpecialFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegularFileTest {

  @TempDir Path folder;

  @Test
  void onlyAFileIsOne() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertEquals(Optional.empty(), RegularFile.otherwise(file));
    assertEquals(Optional.empty(), RegularFile.otherwise(link));
    assertFound("no such file", folder.resolve("none"));
    assertFound("a folder", folder);
    assertFound("a pipe", SpecialFiles.fifo(folder.resolve("pipe")));
    assertFound("a pipe", Files.createSymbolicLink(folder.resolve("to"), folder.resolve("pipe")));
    assertFound("a device", Path.of("/dev/zero"));
    var problem = assertThrows(NullPointerException.class, () -> RegularFile.otherwise(null));
    assertTrue(problem.getMessage().contains("the path of a file"), problem::getMessage);
  }

  private static void assertFound(String words, Path path) {
    Optional<String> found = RegularFile.otherwise(path);
    assertTrue(found.orElse("").contains(words), () -> "%s: %s".formatted(path, found));
  }
}
