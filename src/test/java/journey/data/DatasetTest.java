package journey.data;

import static journey.data.DownloaderTest.assertMentions;
import static journey.data.MisbehavingServer.cutAfter;
import static journey.data.MisbehavingServer.honest;
import static journey.data.MisbehavingServer.slowly;
import static journey.data.MisbehavingServer.stallAfter;
import static journey.data.MisbehavingServer.status;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class DatasetTest {

  private static final SmallCifar CIFAR = new SmallCifar();
  private static final Map<String, byte[]> TUNES =
      new TreeMap<>(Map.of("tunes", noise(60_000), "labels", noise(70)));
  private static final URI NOBODY = URI.create("http://127.0.0.1:9/");

  @TempDir Path temporary;

  @Test
  void fetchesFilesWithMirrorsSomeOfThemCompressed() throws Exception {
    byte[] packed = gzip(TUNES.get("tunes"));
    try (var gone = new MisbehavingServer(packed, status(404));
        var mirror = new MisbehavingServer(packed, cutAfter(20_000), honest());
        var labels = new MisbehavingServer(TUNES.get("labels"), status(404), honest())) {
      var gz = new Manifest.Gzip(packed.length, DigestUtils.sha256Hex(packed));
      var entry =
          entry(
              null,
              List.of(
                  file("tunes", gz, gone.url(), mirror.url()), file("labels", null, labels.url())));
      assertThrows(DataUnavailableException.class, () -> dataset(entry, "").folder());
      assertEquals(List.of(".music.lock", ".music.part"), names());
      assertHoldsTheTunes(dataset(entry, "").folder());
      assertEquals(2, mirror.requests().size(), "what had come was fetched again");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"music.zip", "music.tar.gz"})
  void fetchesAnArchiveWhoseFolderHasAnotherName(String name) throws Exception {
    byte[] archive =
        name.endsWith("zip")
            ? SmallCifar.zip("Some Music/v1", TUNES)
            : SmallCifar.tarGz("Some Music/v1", TUNES);
    try (var server = new MisbehavingServer(archive, honest())) {
      var entry = entry(SmallCifar.download(name, archive, server.url()), SmallCifar.listed(TUNES));
      assertHoldsTheTunes(dataset(entry, "").folder());
      assertHoldsTheTunes(dataset(entry, "").folder());
      assertEquals(1, server.requests().size());
    }
  }

  @Test
  void saysHowMuchIsStillToComeBeforeItComes() throws Exception {
    var archive = new Manifest.Item("music.zip", 170_000_000, "0", List.of(NOBODY));
    Files.createDirectories(data());
    try (var part = new RandomAccessFile(data().resolve("music.zip.part").toFile(), "rw")) {
      part.setLength(50_000_000);
    }
    PrintStream before = System.out;
    var said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      var dataset = dataset(entry(archive, SmallCifar.listed(TUNES)), "");
      assertThrows(DataUnavailableException.class, dataset::folder);
    } finally {
      System.setOut(before);
    }
    assertEquals(
        "Downloading Music: 120.0 MB, about 20 s at 50 Mbit/s.",
        said.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow());
  }

  @Test
  void findsAndChecksWhatIsThere() throws Exception {
    Path named = Files.createDirectories(temporary.resolve("named").resolve("music"));
    for (var tune : TUNES.entrySet()) {
      Files.write(named.resolve(tune.getKey()), tune.getValue());
    }
    var entry = entry(SmallCifar.download("m.zip", new byte[9], NOBODY), SmallCifar.listed(TUNES));
    assertEquals(named, dataset(entry, named.toString()).folder());
    assertEquals(named, dataset(entry, named.getParent().toString()).folder());

    Files.write(named.resolve("labels"), noise(69));
    var problem =
        assertThrows(DataFileException.class, () -> dataset(entry, named.toString()).folder());
    assertMentions(problem, named.resolve("labels"), "70 bytes", "69 bytes", "data/README.md");
  }

  @Test
  void hasNothingWhenTheStandInIsAskedForOrTheFetchInterrupted() {
    var entry = CIFAR.entry(NOBODY);
    assertMentions(
        assertThrows(DataUnavailableException.class, () -> dataset(entry, " Stand-In ").folder()),
        "JOURNEY_DATA asks");
    Thread.currentThread().interrupt();
    assertMentions(
        assertThrows(CancellationException.class, () -> dataset(entry, "").folder()),
        "CIFAR-10",
        "interrupted",
        "goes on");
    assertTrue(Thread.interrupted(), "the flag must be set again");
  }

  @Test
  void twoThreadsDownloadOnce() throws Exception {
    var threads = Executors.newFixedThreadPool(2);
    try (var server = new MisbehavingServer(CIFAR.archive(), slowly(50_000, 30))) {
      Callable<Path> run = () -> dataset(CIFAR.entry(server.url()), "").folder();
      for (var result : threads.invokeAll(List.of(run, run))) {
        assertEquals(data().resolve(SmallCifar.FOLDER), result.get());
      }
      assertEquals(1, server.requests().size());
    } finally {
      threads.shutdownNow();
    }
    assertEquals(List.of("." + SmallCifar.FOLDER + ".lock", SmallCifar.FOLDER), names());
  }

  @Test
  void twoProcessesDownloadOnce() throws Exception {
    try (var server = new MisbehavingServer(CIFAR.archive(), slowly(20_000, 100))) {
      Path home = CIFAR.home(home(), server.url());
      String both = "";
      for (ChildProcess process : List.of(ChildProcess.load(home), ChildProcess.load(home))) {
        ChildProcess.Result result = process.end();
        assertEquals(0, result.status(), result.output());
        assertMentions(result.output(), "100 training and 20 test pictures");
        both += result.output();
      }
      assertMentions(both, "Waiting for another process");
      assertEquals(1, server.requests().size());
    }
  }

  @Test
  void goesOnAfterAProcessWasKilled() throws Exception {
    try (var server = new MisbehavingServer(CIFAR.archive(), stallAfter(90_000), honest())) {
      Path part = data().resolve(SmallCifar.ARCHIVE + ".part");
      ChildProcess killed = ChildProcess.load(CIFAR.home(home(), server.url()));
      while (part.toFile().length() < 90_000) {
        Thread.sleep(10);
      }
      Thread.currentThread().interrupt(); // ends the waiting for the other process
      assertThrows(
          CancellationException.class, () -> dataset(CIFAR.entry(server.url()), "").folder());
      assertTrue(Thread.interrupted(), "the flag must stay set");
      killed.kill();
      // As if it had been unpacking as well.
      Path aside = Files.createDirectory(data().resolve("." + SmallCifar.FOLDER + ".part"));
      Files.write(aside.resolve("half"), noise(9));

      dataset(CIFAR.entry(server.url()), "").folder();
      assertEquals(List.of("whole", "90000"), server.starts());
    }
    assertEquals(
        List.of("." + SmallCifar.FOLDER + ".lock", SmallCifar.FOLDER, "manifest.json"), names());
  }

  @Test
  void usesAndKeepsAnOfficialArchivePutThereByHand() throws Exception {
    byte[] wrong = CIFAR.archive();
    wrong[100] ^= 1;
    Path archive = Files.createDirectories(data()).resolve(SmallCifar.ARCHIVE);
    for (byte[] content : List.of(wrong, new byte[0])) {
      Files.write(archive, content);
      var problem =
          assertThrows(DataFileException.class, () -> dataset(CIFAR.entry(NOBODY), "").folder());
      assertMentions(
          problem,
          archive,
          "SHA-256 " + DigestUtils.sha256Hex(CIFAR.archive()),
          DigestUtils.sha256Hex(content));
      assertArrayEquals(content, Files.readAllBytes(archive));
    }
    Files.write(archive, CIFAR.archive());
    dataset(CIFAR.entry(NOBODY), "").folder();
    assertEquals(
        List.of("." + SmallCifar.FOLDER + ".lock", SmallCifar.FOLDER, SmallCifar.ARCHIVE), names());
  }

  @Test
  void leavesNothingWhenTheDiskTakesNoMore() throws Exception {
    Path bash = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(bash), "there is no bash here to limit a process with");
    Path home = CIFAR.home(home(), NOBODY);
    Files.write(data().resolve(SmallCifar.ARCHIVE), CIFAR.archive());
    // No file may become larger than 40 kB; one of the data set's has 61.
    var result =
        ChildProcess.load(home, bash.toString(), "-c", "ulimit -f 40 && exec \"$@\"", "-").end();
    assertEquals(1, result.status(), result.output());
    assertMentions(result.output(), "File too large", "make room on the disk");
    assertEquals(
        List.of("." + SmallCifar.FOLDER + ".lock", "manifest.json", SmallCifar.ARCHIVE), names());
  }

  @Test
  void downloadsIntoTheFolderForWorkAndFindsItThere() throws Exception {
    Path work = temporary.resolve("a student's");
    Map<String, String> variables = Map.of("JOURNEY_WORK", work.toString());
    Path folder = work.resolve("data").resolve(SmallCifar.FOLDER);
    try (var server = new MisbehavingServer(CIFAR.archive(), honest())) {
      var first =
          new Dataset(CIFAR.entry(server.url()), variables, home(), DownloaderTest.impatient());
      assertEquals(
          new Dataset.Found(folder, "downloaded into the data folder in JOURNEY_WORK"),
          first.find());
    }
    var again = new Dataset(CIFAR.entry(NOBODY), variables, home(), DownloaderTest.impatient());
    assertEquals(
        new Dataset.Found(folder, "read from the data folder in JOURNEY_WORK"), again.find());
    assertTrue(Files.notExists(home()));

    Path forAll = Files.createDirectories(data().resolve(SmallCifar.FOLDER));
    assertEquals(new Dataset.Found(forAll, "read from the project's data folder"), again.find());
  }

  @Test
  void saysThatTheFolderCannotBeWritten() throws Exception {
    Files.createDirectories(home());
    Files.writeString(data(), "a file in the folder's place");
    var problem =
        assertThrows(DataFileException.class, () -> dataset(CIFAR.entry(NOBODY), "").folder());
    assertMentions(problem, data(), "a folder in which files can be made", "JOURNEY_WORK");
  }

  private static Manifest.Entry entry(Manifest.Item archive, List<Manifest.Item> files) {
    return new Manifest.Entry("Music", "music", archive, "Some Music/v1", files);
  }

  private static Manifest.Item file(String name, Manifest.Gzip gz, URI... urls) {
    byte[] content = TUNES.get(name);
    return new Manifest.Item(
        name, content.length, DigestUtils.sha256Hex(content), List.of(urls), false, gz);
  }

  private Dataset dataset(Manifest.Entry entry, String journeyData) {
    return new Dataset(
        entry, Map.of(Dataset.VARIABLE, journeyData), home(), DownloaderTest.impatient());
  }

  private Path home() {
    return temporary.resolve("project");
  }

  private Path data() {
    return home().resolve("data");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(data())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void assertHoldsTheTunes(Path folder) throws IOException {
    assertEquals(data().resolve("music"), folder);
    assertEquals(List.of(".music.lock", "music"), names());
    for (var tune : TUNES.entrySet()) {
      assertArrayEquals(tune.getValue(), Files.readAllBytes(folder.resolve(tune.getKey())));
    }
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }
}
