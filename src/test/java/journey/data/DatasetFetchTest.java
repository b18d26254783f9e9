package journey.data;

import static journey.data.DownloaderTest.assertMentions;
import static journey.data.MisbehavingServer.honest;
import static journey.data.MisbehavingServer.slowly;
import static journey.data.MisbehavingServer.stallAfter;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DatasetFetchTest {

  private static final SmallCifar DATA = new SmallCifar();

  @TempDir Path home;

  @Test
  void downloadsAndUnpacks() throws Exception {
    try (var server = new MisbehavingServer(DATA.archive(), honest())) {
      assertEquals(data().resolve(SmallCifar.FOLDER), fetch(server).run());
    }
    assertOnlyTheData();
  }

  @Test
  void twoThreadsDownloadOnce() throws Exception {
    var threads = Executors.newFixedThreadPool(2);
    try (var server = new MisbehavingServer(DATA.archive(), slowly(50_000, 30))) {
      Callable<Path> run = () -> fetch(server).run();
      for (var result : threads.invokeAll(List.of(run, run))) {
        assertEquals(data().resolve(SmallCifar.FOLDER), result.get());
      }
      assertEquals(1, server.requests().size());
    } finally {
      threads.shutdownNow();
    }
    assertOnlyTheData();
  }

  @Test
  void twoProcessesDownloadOnce() throws Exception {
    try (var server = new MisbehavingServer(DATA.archive(), slowly(20_000, 100))) {
      DATA.home(home, server.url());
      ChildProcess first = ChildProcess.start(home, "");
      ChildProcess second = ChildProcess.start(home, "");
      String both = "";
      for (ChildProcess process : List.of(first, second)) {
        ChildProcess.Result result = process.end();
        assertEquals(0, result.status(), result.output());
        assertTrue(result.output().contains("100 training and 20 test pictures"), result.output());
        both += result.output();
      }
      assertTrue(both.contains("Waiting for another process"), both);
      assertEquals(1, server.requests().size());
    }
    Files.delete(ProjectHome.manifest(home));
    assertOnlyTheData();
  }

  @Test
  void goesOnAfterAProcessWasKilled() throws Exception {
    try (var server = new MisbehavingServer(DATA.archive(), stallAfter(90_000), honest())) {
      DATA.home(home, server.url());
      Path part = data().resolve(SmallCifar.ARCHIVE + ".part");
      ChildProcess killed = ChildProcess.start(home, "");
      while (!Files.exists(part) || Files.size(part) < 90_000) {
        Thread.sleep(10);
      }
      killed.kill();
      assertFalse(Files.exists(data().resolve(SmallCifar.FOLDER)));

      fetch(server).run();
      assertEquals("bytes=90000-", server.requests().get(1).get("range"));
    }
    Files.delete(ProjectHome.manifest(home));
    assertOnlyTheData();
  }

  @Test
  void usesAndKeepsAnArchivePutThereByHand() throws Exception {
    Path archive = put(DATA.archive());
    try (var server = new MisbehavingServer(DATA.archive(), honest())) {
      fetch(server).run();
      assertEquals(List.of(), server.requests());
    }
    assertTrue(Files.exists(archive));
    Files.delete(archive);
    assertOnlyTheData();
  }

  @Test
  void refusesAnotherArchivePutThereByHand() throws Exception {
    byte[] wrong = DATA.archive();
    wrong[100] ^= 1;
    for (byte[] content : List.of(wrong, new byte[0])) {
      Path archive = put(content);
      try (var server = new MisbehavingServer(DATA.archive(), honest())) {
        var problem = assertThrows(DataFileException.class, () -> fetch(server).run());
        assertMentions(
            problem,
            archive,
            "SHA-256 " + SmallCifar.sha256(DATA.archive()),
            "SHA-256 " + SmallCifar.sha256(content),
            "%,d bytes".formatted(content.length));
        assertEquals(List.of(), server.requests());
      }
      assertArrayEquals(content, Files.readAllBytes(archive));
    }
  }

  @Test
  void stopsWaitingForTheLockWhenInterrupted() throws Exception {
    FolderLock held = FolderLock.acquire(data().resolve("a.lock"));
    var threads = Executors.newSingleThreadExecutor();
    try {
      var waiting =
          threads.submit(
              () ->
                  assertThrows(
                      InterruptedException.class,
                      () -> FolderLock.acquire(data().resolve("a.lock"))));
      threads.shutdownNow();
      assertEquals(InterruptedException.class, waiting.get(5, TimeUnit.SECONDS).getClass());
    } finally {
      held.close();
    }
    FolderLock.acquire(data().resolve("a.lock")).close();
  }

  @Test
  void saysThatTheFolderCannotBeWritten() throws Exception {
    Files.writeString(data(), "a file in the folder's place");
    try (var server = new MisbehavingServer(DATA.archive(), honest())) {
      var problem = assertThrows(DataFileException.class, () -> fetch(server).run());
      assertMentions(problem, data(), "a folder in which files can be made");
    }
  }

  private Path data() {
    return home.resolve("data");
  }

  private Path put(byte[] archive) throws IOException {
    return Files.write(Files.createDirectories(data()).resolve(SmallCifar.ARCHIVE), archive);
  }

  private DatasetFetch fetch(MisbehavingServer server) {
    return new DatasetFetch(DATA.entry(server.url()), data(), Downloader.standard());
  }

  private void assertOnlyTheData() throws IOException {
    try (Stream<Path> files = Files.list(data())) {
      assertEquals(
          List.of("." + SmallCifar.FOLDER + ".lock", SmallCifar.FOLDER),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    Path folder = data().resolve(SmallCifar.FOLDER);
    for (Manifest.DataFile file : DATA.entry(URI.create("http://unused/")).files()) {
      assertArrayEquals(DATA.file(file.name()), Files.readAllBytes(folder.resolve(file.name())));
    }
  }
}
