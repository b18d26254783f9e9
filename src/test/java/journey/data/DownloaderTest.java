package journey.data;

import static journey.data.MisbehavingServer.cutAfter;
import static journey.data.MisbehavingServer.formerVersion;
import static journey.data.MisbehavingServer.honest;
import static journey.data.MisbehavingServer.ignoringRanges;
import static journey.data.MisbehavingServer.silence;
import static journey.data.MisbehavingServer.stallAfter;
import static journey.data.MisbehavingServer.status;
import static journey.data.MisbehavingServer.tooMuch;
import static journey.data.MisbehavingServer.wrongByteAt;
import static journey.data.MisbehavingServer.wrongLength;
import static journey.data.MisbehavingServer.wrongRange;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class DownloaderTest {

  private static final SmallCifar DATA = new SmallCifar();
  private static final byte[] CONTENT = DATA.archive();

  @TempDir Path folder;
  private Path target;
  private Path part;
  private final List<Duration> pauses = new ArrayList<>();

  @BeforeEach
  void names() {
    target = folder.resolve(SmallCifar.ARCHIVE);
    part = folder.resolve(SmallCifar.ARCHIVE + ".part");
  }

  @Test
  void fetchesAFile() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, honest())) {
      assertEquals(target, download(3, server.url()));
      assertFalse(server.requests().get(0).containsKey("range"));
    }
    assertOnlyTheFile();
  }

  @Test
  void goesOnWhereTheConnectionWasCut() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, cutAfter(100_000), honest())) {
      download(3, server.url());
      Map<String, String> second = server.requests().get(1);
      assertEquals("bytes=100000-", second.get("range"));
      assertEquals("\"v1\"", second.get("if-range"));
      assertEquals(2, server.requests().size());
    }
    assertOnlyTheFile();
  }

  @Test
  void goesOnInALaterRun() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, cutAfter(70_000), status(503), honest())) {
      assertThrows(DownloadException.class, () -> download(1, server.url()));
      assertEquals(70_000, Files.size(part));
      assertFalse(Files.exists(target));
      download(1, server.url());
      assertEquals("bytes=70000-", server.requests().get(2).get("range"));
      assertEquals("\"v1\"", server.requests().get(2).get("if-range"));
    }
    assertOnlyTheFile();
  }

  @Test
  void doesNotCountAttemptsThatBringSomething() throws Exception {
    int pieces = CONTENT.length / 40_000;
    try (var server = new MisbehavingServer(CONTENT, cutAfter(40_000))) {
      download(2, server.url());
      assertEquals(pieces + 1, server.requests().size());
    }
    assertOnlyTheFile();
  }

  @Test
  void beginsAnewWhenTheServerIgnoresRanges() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, cutAfter(100_000), ignoringRanges())) {
      download(3, server.url());
      assertEquals(2, server.requests().size());
    }
    assertOnlyTheFile();
  }

  @Test
  void beginsAnewWhenTheFileHasChanged() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, formerVersion("\"v0\"", 50_000), honest())) {
      download(2, server.url());
      assertEquals("\"v0\"", server.requests().get(1).get("if-range"));
      assertEquals(2, server.requests().size());
    }
    assertOnlyTheFile();
  }

  @Test
  void beginsAnewWhenTheServerKnowsNoSuchRange() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, cutAfter(9_000), status(416), honest())) {
      download(3, server.url());
      assertFalse(server.requests().get(2).containsKey("range"));
    }
    assertOnlyTheFile();
  }

  @Test
  void doesNotMixInAnotherRange() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, cutAfter(9_000), wrongRange(), honest())) {
      download(3, server.url());
      assertFalse(server.requests().get(2).containsKey("range"));
    }
    assertOnlyTheFile();
  }

  @Test
  void namesTheRangeItDidNotAskFor() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, cutAfter(9_000), wrongRange())) {
      var problem = assertThrows(DataFileException.class, () -> download(1, server.url()));
      assertMentions(problem, target, "the range bytes 9000-", "the range bytes 4500-");
    }
    assertNothingLeft();
  }

  @Test
  void fetchesAgainAfterAWrongByte() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, wrongByteAt(1234), honest())) {
      download(3, server.url());
      assertFalse(server.requests().get(1).containsKey("range"));
    }
    assertOnlyTheFile();
  }

  @Test
  void refusesWrongBytes() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, wrongByteAt(CONTENT.length - 1))) {
      var problem = assertThrows(DataFileException.class, () -> download(3, server.url()));
      assertMentions(problem, target, "SHA-256 " + SmallCifar.sha256(CONTENT), server.url());
      assertEquals(3, server.requests().size());
    }
    assertNothingLeft();
  }

  @Test
  void triesTheMirrorAfterWrongBytes() throws Exception {
    try (var bad = new MisbehavingServer(CONTENT, wrongByteAt(0));
        var mirror = new MisbehavingServer(CONTENT, honest())) {
      download(2, bad.url(), mirror.url());
      assertFalse(mirror.requests().get(0).containsKey("range"));
    }
    assertOnlyTheFile();
  }

  @Test
  void goesOnAtTheMirrorWithoutTheFirstServersTag() throws Exception {
    try (var first = new MisbehavingServer(CONTENT, cutAfter(50_000), status(404));
        var mirror = new MisbehavingServer(CONTENT, "\"mine\"", honest())) {
      download(2, first.url(), mirror.url());
      assertEquals("bytes=50000-", mirror.requests().get(0).get("range"));
      assertFalse(mirror.requests().get(0).containsKey("if-range"));
    }
    assertOnlyTheFile();
  }

  @Test
  void asksOnlyOnceForAFileThatIsNotThere() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, status(404))) {
      var problem = assertThrows(DownloadException.class, () -> download(3, server.url()));
      assertMentions(problem, SmallCifar.ARCHIVE, server.url(), "HTTP 404");
      assertEquals(1, server.requests().size());
    }
    assertNothingLeft();
  }

  @Test
  void waitsLongerEachTimeTheServerIsBusy() throws Exception {
    try (var server =
        new MisbehavingServer(CONTENT, status(503), status(503), status(503), honest())) {
      download(4, server.url());
    }
    assertEquals(
        List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)), pauses);
    assertOnlyTheFile();
  }

  @Test
  void givesUpOnAServerThatStaysBusy() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, status(503))) {
      var problem = assertThrows(DownloadException.class, () -> download(3, server.url()));
      assertMentions(problem, SmallCifar.ARCHIVE, server.url(), "HTTP 503");
      assertEquals(3, server.requests().size());
    }
    assertNothingLeft();
  }

  @Test
  void goesOnWhenTheServerStalls() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, stallAfter(30_000), honest())) {
      download(3, server.url());
      assertEquals("bytes=30000-", server.requests().get(1).get("range"));
    }
    assertOnlyTheFile();
  }

  @Test
  void givesUpOnAServerThatStaysSilent() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, silence())) {
      var problem = assertThrows(DownloadException.class, () -> download(2, server.url()));
      assertMentions(problem, "did not answer within 0.4 seconds");
    }
    assertNothingLeft();
  }

  @Test
  void isPatientWithAServerThatIsMerelySlow() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, MisbehavingServer.slowly(60_000, 100))) {
      download(1, server.url());
      assertEquals(1, server.requests().size());
    }
    assertOnlyTheFile();
  }

  @Test
  void takesNoMoreThanExpected() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, tooMuch(1_000_000))) {
      var problem = assertThrows(DataFileException.class, () -> download(2, server.url()));
      assertMentions(problem, target, "%,d bytes".formatted(CONTENT.length), "sends more");
    }
    assertNothingLeft();
  }

  @Test
  void refusesAFileOfAnotherLength() throws Exception {
    for (int difference : new int[] {-1, 1}) {
      try (var server = new MisbehavingServer(CONTENT, wrongLength(difference))) {
        var problem = assertThrows(DataFileException.class, () -> download(2, server.url()));
        assertMentions(
            problem, target, "announces %,d".formatted(CONTENT.length + difference), server.url());
      }
      assertNothingLeft();
    }
  }

  @Test
  void saysThatThereIsNoServer() throws Exception {
    URI nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }
    var problem = assertThrows(DownloadException.class, () -> download(1, nobody));
    assertMentions(problem, nobody, "no connection could be made");
    assertNothingLeft();
  }

  @Test
  void stopsInOrderWhenInterruptedAndGoesOnLater() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, stallAfter(30_000), honest())) {
      var end = new CompletableFuture<Path>();
      var patient = downloader(3, Duration.ofSeconds(15));
      var thread =
          new Thread(
              () -> {
                try {
                  end.complete(patient.download(DATA.entry(server.url()).archive(), folder));
                } catch (Exception problem) {
                  end.completeExceptionally(problem);
                }
              });
      thread.start();
      while (!Files.exists(part) || Files.size(part) < 30_000) {
        Thread.sleep(5);
      }
      thread.interrupt();
      var problem =
          assertThrows(ExecutionException.class, () -> end.get(5, TimeUnit.SECONDS)).getCause();
      assertEquals(InterruptedException.class, problem.getClass());
      assertEquals(30_000, Files.size(part));
      assertFalse(Files.exists(target));

      download(1, server.url());
      assertEquals("bytes=30000-", server.requests().get(1).get("range"));
    }
    assertOnlyTheFile();
  }

  @Test
  void saysThatTheDiskIsFull() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "there is no /dev/full here");
    Files.createSymbolicLink(part, full);
    try (var server = new MisbehavingServer(CONTENT, honest())) {
      var problem = assertThrows(DataFileException.class, () -> download(3, server.url()));
      assertMentions(problem, part, "room on the disk", "No space left on device", "make room");
      assertEquals(1, server.requests().size());
    }
    assertFalse(Files.exists(target));
  }

  @Test
  void saysThatAFolderIsInTheWay() throws Exception {
    Files.createDirectory(part);
    try (var server = new MisbehavingServer(CONTENT, honest())) {
      var problem = assertThrows(DataFileException.class, () -> download(1, server.url()));
      assertMentions(problem, part, "a file that can be written", "directory");
    }
  }

  @Test
  void doesNotTrustWhatAnEarlierRunLeft() throws Exception {
    byte[] wrong = CONTENT.clone();
    wrong[0] ^= 1;
    byte[] tooLong = Arrays.copyOf(CONTENT, CONTENT.length + 1);
    byte[] wrongStart = Arrays.copyOf(wrong, 1000);
    for (byte[] left : List.of(wrong, tooLong, wrongStart)) {
      Files.write(part, left);
      try (var server = new MisbehavingServer(CONTENT, honest())) {
        download(2, server.url());
      }
      assertOnlyTheFile();
      Files.delete(target);
    }
  }

  @Test
  void needsNoNetworkWhenAllBytesAreThere() throws Exception {
    Files.write(part, CONTENT);
    download(1, URI.create("http://127.0.0.1:9/"));
    assertOnlyTheFile();
  }

  private Path download(int attempts, URI... urls) throws IOException, InterruptedException {
    return downloader(attempts, Duration.ofMillis(400))
        .download(DATA.entry(urls).archive(), folder);
  }

  private Downloader downloader(int attempts, Duration patience) {
    var retry =
        new RetryPolicy(attempts, Duration.ofSeconds(1), Duration.ofSeconds(30), pauses::add);
    return new Downloader(Duration.ofSeconds(2), patience, retry);
  }

  private void assertOnlyTheFile() throws IOException {
    assertArrayEquals(CONTENT, Files.readAllBytes(target));
    assertEquals(List.of(target), files());
  }

  private void assertNothingLeft() throws IOException {
    assertEquals(List.of(), files());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  static void assertMentions(Throwable problem, Object... words) {
    for (Object word : words) {
      assertTrue(
          problem.getMessage().contains(word.toString()),
          () -> "\"" + word + "\" is missing in: " + problem.getMessage());
    }
  }
}
