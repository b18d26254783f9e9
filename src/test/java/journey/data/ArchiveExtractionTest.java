package journey.data;

import static journey.data.DownloaderTest.assertMentions;
import static journey.data.SmallCifar.FOLDER;
import static journey.data.SmallCifar.addFile;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveExtractionTest {

  private static final SmallCifar DATA = new SmallCifar();
  private static final URI URL = URI.create("http://unused/");

  @TempDir Path temporary;
  private Path into;

  @BeforeEach
  void folder() throws IOException {
    into = Files.createDirectory(temporary.resolve("data"));
  }

  @Test
  void unpacksAsAWholeAndReplacesWhatAKilledProcessLeft() throws Exception {
    Path left = Files.createDirectories(into.resolve("." + FOLDER + ".unpacking").resolve("deep"));
    Files.writeString(left.resolve("half"), "half");
    Path folder = unpack(DATA.archive());
    assertEquals(into.resolve(FOLDER), folder);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(7, files.count());
    }
    assertEquals(List.of("archive", FOLDER), names());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", FOLDER + "/../../outside", "a/./../../outside", ".."})
  void refusesPathsThatLeaveTheFolder(String name) {
    var problem = refused(tar -> addFile(tar, name, new byte[10]));
    assertMentions(problem, "stay inside the folder", name);
    assertFalse(Files.exists(temporary.resolve("outside")));
    assertFalse(Files.exists(into.resolve("outside")));
  }

  @Test
  void refusesAbsolutePaths() {
    Path outside = temporary.resolve("outside");
    var problem = refused(tar -> addFile(tar, outside.toString(), new byte[10]));
    assertMentions(problem, "stay inside the folder", outside);
    assertFalse(Files.exists(outside));
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_SYMLINK,
        TarConstants.LF_LINK,
        TarConstants.LF_CHR,
        TarConstants.LF_BLK,
        TarConstants.LF_FIFO
      })
  void refusesLinksAndSpecialFiles(byte kind) {
    var problem =
        refused(
            tar -> {
              var entry = new TarArchiveEntry(FOLDER + "/data_batch_1.bin", kind);
              entry.setLinkName("/etc/passwd");
              tar.putArchiveEntry(entry);
              tar.closeArchiveEntry();
            });
    assertMentions(problem, "only files and folders", FOLDER + "/data_batch_1.bin");
  }

  @Test
  void refusesToWriteThroughALink() {
    refused(
        tar -> {
          var link = new TarArchiveEntry(FOLDER, TarConstants.LF_SYMLINK);
          link.setLinkName("..");
          tar.putArchiveEntry(link);
          tar.closeArchiveEntry();
          addFile(tar, FOLDER + "/outside", new byte[10]);
        });
    assertFalse(Files.exists(into.resolve("outside")));
  }

  @Test
  void refusesLargerEntries() {
    int size = DATA.file("data_batch_1.bin").length;
    var listed = refused(tar -> addFile(tar, FOLDER + "/data_batch_1.bin", new byte[size + 1]));
    assertMentions(listed, "data_batch_1.bin", "%,d".formatted(size), "%,d".formatted(size + 1));
    var unlisted = refused(tar -> addFile(tar, FOLDER + "/bomb", new byte[1_000_001]));
    assertMentions(unlisted, "bomb", "1,000,000", "1,000,001");
  }

  @Test
  void refusesTooManyEntries() {
    var problem =
        refused(
            tar -> {
              for (int i = 0; i < 1_001; i++) {
                addFile(tar, "file" + i, new byte[0]);
              }
            });
    assertMentions(problem, "at most 1000 entries");
  }

  @Test
  void refusesAnIncompleteArchive() {
    var problem = refused(tar -> addFile(tar, FOLDER + "/readme.html", new byte[10]));
    assertMentions(problem, FOLDER + "/batches.meta.txt", "none of this name");
  }

  @Test
  void refusesOtherContent() {
    byte[] wrong = DATA.file("batches.meta.txt");
    wrong[0] ^= 1;
    var problem = refused(tar -> addFile(tar, FOLDER + "/batches.meta.txt", wrong));
    assertMentions(problem, "batches.meta.txt", "SHA-256 " + SmallCifar.sha256(wrong));
  }

  @Test
  void refusesABrokenArchive() throws IOException {
    byte[] whole = DATA.archive();
    for (byte[] broken : List.of(Arrays.copyOf(whole, whole.length / 2), new byte[1000])) {
      var problem = assertThrows(DataFileException.class, () -> unpack(broken));
      assertMentions(problem, into.resolve("archive"), "an archive that can be unpacked");
      assertEquals(List.of("archive"), names());
    }
  }

  @Test
  void leavesNothingWhenInterrupted() throws Exception {
    byte[] archive = DATA.archive();
    Path file = Files.write(into.resolve("archive"), archive);
    var extraction = new ArchiveExtraction(DATA.entry(archive, URL), file, into);
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, extraction::run);
    assertEquals(List.of("archive"), names());
  }

  @Test
  void leavesNothingWhenTheDiskTakesNoMore() throws Exception {
    Path bash = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(bash), "there is no bash here to limit a process with");
    Path home = DATA.home(temporary, URL);
    Files.write(into.resolve(SmallCifar.ARCHIVE), DATA.archive());
    // No file may become larger than 40 kB; one of the data set's has 61.
    var result =
        ChildProcess.start(home, "", bash.toString(), "-c", "ulimit -f 40 && exec \"$@\"", "-")
            .end();
    assertEquals(1, result.status(), result.output());
    assertTrue(result.output().contains("File too large"), result.output());
    assertTrue(result.output().contains("make room on the disk"), result.output());
    assertEquals(List.of("." + FOLDER + ".lock", "manifest.json", SmallCifar.ARCHIVE), names());
  }

  private Path unpack(byte[] archive) throws IOException, InterruptedException {
    Path file = into.resolve("archive");
    Files.write(file, archive);
    return new ArchiveExtraction(DATA.entry(archive, URL), file, into).run();
  }

  private DataFileException refused(SmallCifar.Content content) {
    byte[] archive = SmallCifar.archive(content);
    var problem = assertThrows(DataFileException.class, () -> unpack(archive));
    assertMentions(problem, into.resolve("archive"), "what to do");
    assertEquals(List.of("archive"), names());
    return problem;
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(into)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException problem) {
      throw new AssertionError(problem);
    }
  }
}
