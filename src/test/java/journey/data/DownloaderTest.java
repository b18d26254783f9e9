package journey.data;

import static journey.data.MisbehavingServer.cutAfter;
import static journey.data.MisbehavingServer.honest;
import static journey.data.MisbehavingServer.ignoringRanges;
import static journey.data.MisbehavingServer.otherLength;
import static journey.data.MisbehavingServer.silence;
import static journey.data.MisbehavingServer.slowly;
import static journey.data.MisbehavingServer.stallAfter;
import static journey.data.MisbehavingServer.status;
import static journey.data.MisbehavingServer.wrongByteAt;
import static journey.data.MisbehavingServer.wrongLength;
import static journey.data.MisbehavingServer.wrongRange;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(300)
class DownloaderTest {

  private static final byte[] CONTENT = new byte[300_000];

  static {
    new Random(7).nextBytes(CONTENT);
  }

  /** Less than a hundredth of the content, which would make an attempt count as fruitful. */
  private static final long FEWEST = 2_000;

  @TempDir Path folder;
  private final List<Long> pauses = new ArrayList<>();

  static Stream<Arguments> troubles() {
    // What the server does, and where each request begins.
    return Stream.of(
        trouble("is honest", List.of(honest()), "whole"),
        trouble("cuts off", List.of(cutAfter(100_000), honest()), "whole", "100000"),
        trouble("ignores ranges", List.of(cutAfter(9), ignoringRanges()), "whole", "9"),
        trouble(
            "sends another range",
            List.of(cutAfter(9), wrongRange(), honest()),
            "whole",
            "9",
            "whole"),
        trouble("stalls", List.of(stallAfter(30_000), honest()), "whole", "30000"),
        trouble("is slow", List.of(slowly(60_000, 300)), "whole"),
        trouble("is busy", List.of(status(503), status(429), honest()), "whole", "whole", "whole"),
        trouble("sends a wrong byte", List.of(wrongByteAt(9), honest()), "whole", "whole"),
        trouble("announces too much", List.of(wrongLength()), "whole"),
        trouble("sends too much", List.of(otherLength(1), honest()), "whole", "whole"),
        trouble(
            "redirects",
            List.of(status(302, "Location", "/elsewhere"), honest()),
            "whole",
            "whole"));
  }

  private static Arguments trouble(
      String name, List<MisbehavingServer.Behaviour> behaviours, String... requests) {
    return arguments(name, behaviours, List.of(requests));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void fetchesTheFileFromAServerThat(
      String name, List<MisbehavingServer.Behaviour> behaviours, List<String> requests)
      throws Exception {
    var answers = behaviours.toArray(MisbehavingServer.Behaviour[]::new);
    try (var server = new MisbehavingServer(CONTENT, answers)) {
      assertEquals(target(), download(server.url()));
      assertEquals(requests, server.starts());
    }
    assertOnlyTheFile();
  }

  @Test
  void goesOnInALaterRun() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, cutAfter(70_000), status(404), honest())) {
      assertThrows(DataUnavailableException.class, () -> download(server.url()));
      assertEquals(70_000, Files.size(part()));
      assertFalse(Files.exists(target()));
      download(server.url());
      assertEquals(List.of("whole", "70000", "70000"), server.starts());
    }
    assertOnlyTheFile();
  }

  @Test
  void goesOnAsLongAsEachThirdAttemptBringsAHundredth() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, status(503), cutAfter(CONTENT.length / 80))) {
      download(server.url());
      assertTrue(server.requests().size() > 80);
    }
    assertOnlyTheFile();
  }

  @Test
  void waitsLongerEachTimeAndThenGivesUp() throws Exception {
    try (var server = new MisbehavingServer(CONTENT, status(503))) {
      var problem =
          assertThrows(
              DataUnavailableException.class,
              () -> downloader(8, Duration.ofSeconds(9)).download(file(server.url()), folder));
      assertMentions(problem, "file.bin", server.url(), "HTTP 503");
      assertEquals(8, server.requests().size());
    }
    assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 30L, 30L), pauses);
    assertNothingLeft();
  }

  static Stream<Arguments> failures() {
    // What the server does, what is said, whether it may have another file, and how often it is
    // asked for.
    return Stream.of(
        arguments(status(404), "HTTP 404", false, 1),
        arguments(silence(), "sent nothing in 1.0 seconds", false, 3),
        arguments(slowly(10, 200), "0 bytes in 1.0 seconds", false, 3),
        arguments(cutAfter(100), "", false, 3),
        arguments(
            status(302, "Location", "ftp://elsewhere/file"), "to ftp://elsewhere/file", false, 1),
        arguments(wrongByteAt(0), "SHA-256 ", true, 2),
        arguments(otherLength(1), "more than 300,000 bytes", true, 2),
        arguments(otherLength(-1), "no bytes from 299,999 on", true, 4));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhyThereIsNoFile(
      MisbehavingServer.Behaviour behaviour, String words, boolean isWrong, int requests)
      throws Exception {
    try (var server = new MisbehavingServer(CONTENT, behaviour)) {
      var problem = assertThrows(RuntimeException.class, () -> download(server.url()));
      assertEquals(
          isWrong ? DataFileException.class : DataUnavailableException.class, problem.getClass());
      assertMentions(problem, "file.bin", server.url(), words);
      if (isWrong) {
        assertMentions(problem, target(), DigestUtils.sha256Hex(CONTENT));
      }
      assertEquals(requests, server.requests().size());
    }
    assertFalse(Files.exists(target()));
  }

  @Test
  void saysThatThereIsNoServer() throws Exception {
    URI nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }
    var problem = assertThrows(DataUnavailableException.class, () -> download(nobody));
    assertMentions(problem, nobody, "no connection could be made");
    assertNothingLeft();
  }

  @Test
  void goesOnAtTheMirror() throws Exception {
    try (var bad = new MisbehavingServer(CONTENT, wrongByteAt(0));
        var broken = new MisbehavingServer(CONTENT, cutAfter(50_000), status(404));
        var good = new MisbehavingServer(CONTENT, honest())) {
      download(bad.url(), broken.url(), good.url());
      assertEquals(List.of("whole", "whole"), bad.starts());
      assertEquals(List.of("whole", "50000"), broken.starts());
      assertEquals(List.of("50000"), good.starts());
    }
    assertOnlyTheFile();
  }

  @Test
  void doesNotTrustWhatAnEarlierRunLeft() throws Exception {
    byte[] wrong = CONTENT.clone();
    wrong[0] ^= 1;
    byte[] tooLong = Arrays.copyOf(CONTENT, CONTENT.length + 1);
    for (byte[] left : List.of(wrong, tooLong, Arrays.copyOf(wrong, 1000))) {
      Files.write(part(), left);
      try (var server = new MisbehavingServer(CONTENT, honest())) {
        download(server.url());
      }
      assertOnlyTheFile();
      Files.delete(target());
    }
  }

  @Test
  void needsNoNetworkWhenAllBytesAreThere() throws Exception {
    Files.write(part(), CONTENT);
    download(URI.create("http://127.0.0.1:9/"));
    assertOnlyTheFile();
  }

  @Test
  void stopsInOrderWhenInterruptedAndGoesOnLater() throws Exception {
    var thread = Executors.newSingleThreadExecutor();
    try (var server = new MisbehavingServer(CONTENT, stallAfter(30_000), honest())) {
      var patient = downloader(3, Duration.ofSeconds(15));
      var download = thread.submit(() -> patient.download(file(server.url()), folder));
      while (part().toFile().length() < 30_000) {
        Thread.sleep(5);
      }
      thread.shutdownNow();
      var problem = assertThrows(ExecutionException.class, () -> download.get(5, TimeUnit.SECONDS));
      assertEquals(InterruptedException.class, problem.getCause().getClass());
      assertEquals(30_000, Files.size(part()));

      download(server.url());
      assertEquals(List.of("whole", "30000"), server.starts());
    }
    assertOnlyTheFile();
  }

  @Test
  void saysThatTheDiskIsFull() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "there is no /dev/full here");
    Files.createSymbolicLink(part(), full);
    try (var server = new MisbehavingServer(CONTENT, honest())) {
      var problem = assertThrows(IOException.class, () -> download(server.url()));
      assertMentions(problem, "No space left on device");
      assertEquals(1, server.requests().size());
    }
    assertNothingLeft();
  }

  @Test
  void saysThatAFolderIsInTheWay() throws Exception {
    Files.createDirectory(part());
    var problem =
        assertThrows(IOException.class, () -> download(URI.create("http://127.0.0.1:9/")));
    assertMentions(problem, part(), "directory");
  }

  @Test
  void goesThroughTheProxyAndNamesItWhenThatFails() throws Exception {
    URI far = URI.create("http://nowhere.invalid/file.bin");
    var asksWho = status(407, "Proxy-Authenticate", "Basic realm=\"x\"");
    try (var proxy = new MisbehavingServer(CONTENT, asksWho, honest(), status(404))) {
      String place = "127.0.0.1:" + proxy.url().getPort();
      var proxies = proxies(Map.of("HTTP_PROXY", "http://user:secret@" + place));
      downloader(proxies).download(file(far), folder);
      HttpExchange second = proxy.requests().get(1);
      assertEquals(far, second.getRequestURI());
      assertEquals(
          "Basic dXNlcjpzZWNyZXQ=", second.getRequestHeaders().getFirst("Proxy-Authorization"));
      assertOnlyTheFile();
      Files.delete(target());
      var problem =
          assertThrows(
              DataUnavailableException.class,
              () -> downloader(proxies).download(file(far), folder));
      assertMentions(problem, far + " through the proxy " + place + ": ", "HTTP 404");
      assertFalse(problem.getMessage().contains("secret"), problem.getMessage());
    }
  }

  private Path target() {
    return folder.resolve("file.bin");
  }

  private Path part() {
    return folder.resolve("file.bin.part");
  }

  private static Manifest.Item file(URI... urls) {
    return SmallCifar.download("file.bin", CONTENT, urls);
  }

  private Path download(URI... urls) throws IOException, InterruptedException {
    return downloader(3, Duration.ofSeconds(1)).download(file(urls), folder);
  }

  private Downloader downloader(int attempts, Duration patience) {
    return new Downloader(
        proxies(Map.of()), patience, FEWEST, attempts, pause -> pauses.add(pause.toSeconds()));
  }

  /** One that neither waits nor knows this machine's proxy. */
  static Downloader impatient() {
    return downloader(proxies(Map.of()));
  }

  private static Downloader downloader(Proxies proxies) {
    return new Downloader(proxies, Duration.ofSeconds(2), FEWEST, 2, pause -> {});
  }

  private static Proxies proxies(Map<String, String> environment) {
    return new Proxies(ProxySelector.of(null), environment);
  }

  private void assertOnlyTheFile() throws IOException {
    assertArrayEquals(CONTENT, Files.readAllBytes(target()));
    assertEquals(List.of(target()), files());
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
    assertMentions(problem.getMessage(), words);
  }

  static void assertMentions(String text, Object... words) {
    for (Object word : words) {
      assertTrue(text.contains(word.toString()), () -> "\"" + word + "\" is missing in: " + text);
    }
  }
}
