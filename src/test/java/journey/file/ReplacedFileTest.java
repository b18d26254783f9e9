package journey.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacedFileTest {

  private static final int LENGTH = 100_000;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("a file.bin");
  }

  private static byte[] content(int number) {
    byte[] content = new byte[LENGTH];
    Arrays.fill(content, (byte) number);
    return content;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void manyCanWriteOneFileAtATimeAndItIsAlwaysWhole() throws Exception {
    ReplacedFile.write(file, out -> out.write(content(0)));
    var threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Void>> writers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        byte[] content = content(i);
        writers.add(
            () -> {
              ReplacedFile.write(file, out -> out.write(content));
              byte[] found = Files.readAllBytes(file);
              assertEquals(LENGTH, found.length);
              for (byte each : found) {
                assertEquals(found[0], each);
              }
              return null;
            });
      }
      for (Future<Void> writer : threads.invokeAll(writers)) {
        writer.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(List.of("a file.bin"), names());
  }

  /** No process has so high a number; the lock tells that one elsewhere is still writing. */
  @Test
  void whatAKilledProcessLeftIsDeletedButNotWhatIsBeingWritten() throws IOException {
    Path dead = Files.createFile(folder.resolve("other.zip.99999999999-0123abcd.part"));
    Path held = Files.createFile(folder.resolve("other.zip.99999999998-0123abcd.part"));
    Path foreign = Files.createFile(folder.resolve("download.part"));
    Path alive =
        Files.createFile(
            folder.resolve("other.zip.%d-0123abcd.part".formatted(ProcessHandle.current().pid())));
    try (var writing = new FileOutputStream(held.toFile());
        var lock = writing.getChannel().lock()) {
      assertTrue(lock.isValid());
      ReplacedFile.write(file, out -> out.write(1));
    }
    assertTrue(Files.notExists(dead));
    assertTrue(Files.exists(held) && Files.exists(foreign) && Files.exists(alive));
    ReplacedFile.write(file, out -> out.write(1));
    assertTrue(Files.notExists(held));
  }

  @Test
  void aFailureNamesTheFileAndLeavesTheEarlierOne() throws IOException {
    ReplacedFile.write(file, out -> out.write(1));
    String message =
        assertThrows(
                IOException.class,
                () ->
                    ReplacedFile.write(
                        file,
                        out -> {
                          out.write(2);
                          throw new IOException("No space left on device");
                        }))
            .getMessage();
    assertTrue(message.contains(file.toString()) && message.contains("No space left"), message);
    assertEquals(1, Files.readAllBytes(file)[0]);
    assertEquals(List.of("a file.bin"), names());
  }

  @Test
  void aFolderIsNotReplacedAndAMissingOneNotMade() {
    for (Path wrong : List.of(folder, folder.resolve("none").resolve("a file.bin"))) {
      String message =
          assertThrows(IOException.class, () -> ReplacedFile.write(wrong, out -> {})).getMessage();
      assertTrue(message.contains(wrong + " could not be written"), message);
    }
  }
}
