package journey.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static journey.data.DownloaderTest.assertMentions;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import journey.file.ProjectFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class Cifar10Test {

  private static final SmallCifar DATA = new SmallCifar();

  // Port 9 is the discard service, which nobody runs: connecting is refused at once.
  private static final URI NOBODY = URI.create("http://127.0.0.1:9/small.tar.gz");

  @TempDir Path temporary;
  private Path home;

  @BeforeEach
  void project() throws IOException {
    home = DATA.home(temporary.resolve("project"), NOBODY);
  }

  @Test
  void readsTheRecords() throws IOException {
    DATA.unpackInto(home.resolve("data"));
    Cifar10 cifar = load("");
    assertEquals(100, cifar.train().size());
    assertEquals(20, cifar.test().size());
    assertEquals("truck", cifar.train().classNames().get(9));
    assertEquals(10, cifar.train().classNames().size());
    assertFalse(cifar.isStandIn());
    byte[] third = DATA.file("data_batch_3.bin");
    for (int r : new int[] {0, 7, 19}) {
      assertEquals(third[r * 3073], cifar.train().label(40 + r));
      for (int f : new int[] {0, 1500, 3071}) {
        assertEquals(third[r * 3073 + 1 + f] & 0xFF, cifar.train().value(40 + r, f));
      }
    }
  }

  @Test
  void takesTheFirstPlaceThatHasTheData() throws Exception {
    Path named = temporary.resolve("named");
    try (var server = new MisbehavingServer(DATA.archive(), MisbehavingServer.honest())) {
      DATA.home(home, server.url());
      assertMentionsPlace("downloaded into the project's data folder", "");
      assertMentionsPlace("read from the project's data folder", "");
      Files.move(home.resolve("data").resolve(SmallCifar.FOLDER), temporary.resolve("moved"));
      DATA.unpackInto(temporary.resolve("shared").resolve("data"));
      assertMentionsPlace("read from the shared data folder beside the project", "");
      DATA.unpackInto(home.resolve("data"));
      assertMentionsPlace("read from the project's data folder", "");
      Path folder = DATA.unpackInto(named);
      assertMentionsPlace("read from the folder that JOURNEY_DATA names", named.toString());
      assertMentionsPlace("read from the folder that JOURNEY_DATA names", folder.toString());
      assertEquals(1, server.requests().size());
    }
  }

  private void assertMentionsPlace(String words, String journeyData) {
    Cifar10 cifar = load(journeyData);
    assertEquals(
        "CIFAR-10: 100 training and 20 test pictures of 32x32 pixels in 10 classes, " + words + ".",
        cifar.description());
    assertTrue(cifar.banner().contains(words), cifar.banner());
    assertFalse(cifar.description().contains(temporary.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "empty", "file"})
  void refusesAJourneyDataWithoutData(String name) throws IOException {
    DATA.unpackInto(home.resolve("data"));
    Files.createDirectory(temporary.resolve("empty"));
    Files.writeString(temporary.resolve("file"), "");
    Path named = temporary.resolve(name);
    var problem = assertThrows(DataFileException.class, () -> load(named.toString()));
    assertMentions(problem, named, SmallCifar.FOLDER, "JOURNEY_DATA", "found:", "what to do:");
  }

  @Test
  void acceptsATestFileWithOnlyTheFirstRecords() throws IOException {
    Path folder = DATA.unpackInto(home.resolve("data"));
    byte[] all = DATA.file("test_batch.bin");
    Files.write(folder.resolve("test_batch.bin"), Arrays.copyOf(all, 4 * CifarFolder.RECORD));
    Cifar10 cifar = load("");
    assertArrayEquals(new int[] {0, 1, 2, 3}, cifar.test().labels());
    assertFalse(cifar.isStandIn());
    // 1.96 * sqrt(0.5 * 0.5 / 4) = 0.490, and with 20 pictures 0.219.
    assertMentions(
        cifar.description(), "first 4 of the official 20", "up to 49.0", "instead of 21.9");
    assertMentions(cifar.banner(), "first 4 of the official 20");
  }

  /** What befalls a file. */
  @FunctionalInterface
  private interface Damage {
    void to(Path file) throws IOException;

    static Damage change(UnaryOperator<byte[]> change) {
      return file -> Files.write(file, change.apply(Files.readAllBytes(file)));
    }

    static Damage length(int length) {
      return change(bytes -> Arrays.copyOf(bytes, length));
    }

    static Damage byteAt(int position, int value) {
      return change(
          bytes -> {
            bytes[position] = (byte) value;
            return bytes;
          });
    }

    static Damage fifo() {
      return file -> {
        Files.delete(file);
        SpecialFiles.fifo(file);
      };
    }

    static Damage folder() {
      return file -> {
        Files.delete(file);
        Files.createDirectory(file);
      };
    }
  }

  static Stream<Arguments> damages() {
    int size = SmallCifar.RECORDS * CifarFolder.RECORD;
    String whole = "61,460 bytes with SHA-256";
    return Stream.of(
        damage("data_batch_2.bin", Damage.length(size - 1), whole, "61,459 bytes"),
        damage("data_batch_5.bin", Damage.length(0), whole, "0 bytes"),
        damage("data_batch_1.bin", Damage.byteAt(3073, 10), whole, "61,460 bytes with SHA-256"),
        damage("data_batch_3.bin", Files::delete, whole, "no such file"),
        damage("data_batch_3.bin", Damage.folder(), whole, "no file"),
        damage("test_batch.bin", Damage.byteAt(5, 77), whole, "61,460 bytes with SHA-256"),
        damage("test_batch.bin", Damage.length(0), "whole records", "0 bytes"),
        damage("test_batch.bin", Damage.length(3074), "whole records", "3074 bytes"),
        damage("test_batch.bin", Damage.length(size + 3073), whole, "64,533 bytes"),
        damage(
            "test_batch.bin",
            file -> {
              Damage.byteAt(3073, 10).to(file);
              Damage.length(2 * 3073).to(file);
            },
            "labels from 0 to 9",
            "label 10 in record 1"),
        damage("data_batch_4.bin", SpecialFiles::sparse, whole, "1,099,511,627,776 bytes"),
        damage("test_batch.bin", SpecialFiles::sparse, whole, "1,099,511,627,776 bytes"),
        damage("data_batch_4.bin", Damage.fifo(), whole, "a pipe"),
        damage("test_batch.bin", Damage.fifo(), "bytes with SHA-256", "a pipe"),
        damage("batches.meta.txt", Files::delete, "names of 2 to 256", "no such file"),
        damage("batches.meta.txt", Damage.folder(), "names of 2 to 256", "no file"),
        damage("batches.meta.txt", Damage.length(0), "names of 2 to 256", "0 names"),
        damage("batches.meta.txt", Damage.fifo(), "names of 2 to 256", "no file"),
        damage("batches.meta.txt", SpecialFiles::sparse, "names of 2 to 256", "more than 65,536"),
        damage(
            "batches.meta.txt",
            Damage.change(text -> new String(text, UTF_8).replace("\n", "\r\n").getBytes(UTF_8)),
            "bytes with SHA-256",
            "bytes"));
  }

  static Stream<Arguments> ownDamages() {
    return Stream.of(
        damage("test_batch.bin", Files::delete, "whole records", "no such file"),
        damage("test_batch.bin", Damage.length(0), "whole records of 3073 bytes", "0 bytes"),
        damage("data_batch_2.bin", Damage.length(3074), "whole records", "3074 bytes"),
        damage("data_batch_2.bin", Damage.byteAt(3073, 12), "0 to 11", "label 12 in record 1"),
        damage("test_batch.bin", Damage.fifo(), "whole records", "a pipe"),
        damage(
            "batches.meta.txt",
            file -> Files.writeString(file, "cat\ndog\n cat \n"),
            "all different",
            "\"cat\" twice"),
        damage("batches.meta.txt", Damage.length(5), "2 to 256 classes", "1 names"));
  }

  private static Arguments damage(String file, Damage damage, String expected, String found) {
    return arguments(file, damage, expected, found);
  }

  @ParameterizedTest
  @MethodSource("damages")
  void namesADamagedFile(String name, Damage damage, String expected, String found)
      throws IOException {
    Path file = DATA.unpackInto(home.resolve("data")).resolve(name);
    damage.to(file);
    assertNamed("", file, expected, found);
  }

  @ParameterizedTest
  @MethodSource("ownDamages")
  void namesADamagedFileOfOnesOwn(String name, Damage damage, String expected, String found)
      throws IOException {
    Path file = ownPictures().resolve(name);
    damage.to(file);
    assertNamed(file.getParent().toString(), file, expected, found);
  }

  @Test
  void refusesMorePicturesOfOnesOwnThanThereIsRoomFor() throws IOException {
    Path own = ownPictures();
    try (var file = new RandomAccessFile(own.resolve("data_batch_2.bin").toFile(), "rw")) {
      file.setLength(1_000_000_000L * CifarFolder.RECORD);
    }
    var problem = assertThrows(IllegalArgumentException.class, () -> load(own.toString()));
    assertMentions(problem, "1,000,000,400 pictures of 32x32x3", "fewer pictures");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data_batch_3.bin", "test_batch.bin", "batches.meta.txt"})
  void namesAFileThatCannotBeRead(String name) throws IOException {
    Path file = DATA.unpackInto(home.resolve("data")).resolve(name);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-wx------"));
    assumeFalse(Files.isReadable(file), "this user may read everything");
    assertNamed("", file, "", "may not read");
  }

  @Test
  void namesAFileInTheFoldersPlace() throws IOException {
    Path file = Files.writeString(home.resolve("data").resolve(SmallCifar.FOLDER), "not a folder");
    assertNamed("", file, "", "no such file");
  }

  private void assertNamed(String journeyData, Path file, String expected, String found) {
    var problem = assertThrows(DataFileException.class, () -> load(journeyData));
    assertMentions(problem, file);
    String[] lines = problem.getMessage().lines().toArray(String[]::new);
    assertEquals(4, lines.length, problem.getMessage());
    assertMentions(lines[1], "expected:", expected);
    assertMentions(lines[2], "found:", found);
    assertMentions(lines[3], "what to do:", "data/README.md", "pictures of your own");
  }

  @Test
  void standsInLoudlyWhenThereIsNeitherDataNorNetwork() {
    Cifar10 cifar = load("");
    assertTrue(cifar.isStandIn());
    assertEquals(Cifar10.STAND_IN_TRAIN, cifar.train().size());
    assertEquals(Cifar10.STAND_IN_TEST, cifar.test().size());
    for (String text : new String[] {cifar.description(), cifar.banner()}) {
      assertMentions(
          text, "NOT the pictures of CIFAR-10", "No figure", "no connection", NOBODY.toString());
    }
    assertMentions(cifar.banner(), "font-size:150%");
  }

  @Test
  void doesNotStandInForWhatAServerGotWrong() throws Exception {
    try (var server = new MisbehavingServer(DATA.archive(), MisbehavingServer.wrongByteAt(0))) {
      DATA.home(home, server.url());
      var problem = assertThrows(DataFileException.class, () -> load(""));
      assertMentions(problem, SmallCifar.ARCHIVE, "SHA-256", server.url(), "JOURNEY_DATA=stand-in");
    }
  }

  @Test
  void readsPicturesOfOnesOwn() throws IOException {
    Path own = ownPictures();
    for (Path named : new Path[] {own, own.getParent()}) {
      Cifar10 data = load(named.toString());
      assertEquals(
          "This is your own data in CIFAR-10's format: 500 training and 37 test pictures of 12"
              + " classes, read from the folder that JOURNEY_DATA names.",
          data.description());
      assertFalse(data.isStandIn());
      assertEquals("thing 11", data.test().classNames().get(11));
      // The tenth file comes after the second.
      assertEquals(7, data.train().label(407));
      assertEquals(
          Files.readAllBytes(own.resolve("data_batch_10.bin"))[1],
          (byte) data.train().value(400, 0));
    }
  }

  @Test
  void saysThatPicturesOfOnesOwnToTrainWithAreMissing() throws IOException {
    Path own = ownPictures();
    for (int i : new int[] {1, 2, 3, 4, 10}) {
      Files.delete(own.resolve("data_batch_" + i + ".bin"));
    }
    var problem = assertThrows(DataFileException.class, () -> load(own.toString()));
    assertMentions(problem, own.resolve("data_batch_1.bin"), "no such file", "data_batch_2.bin");
  }

  /** Five files of 100 records, twelve classes. */
  private Path ownPictures() throws IOException {
    Path own = Files.createDirectories(temporary.resolve("own").resolve(SmallCifar.FOLDER));
    var random = new Random(3);
    for (int i : new int[] {1, 2, 3, 4, 10}) {
      Files.write(own.resolve("data_batch_" + i + ".bin"), SmallCifar.records(100, 12, random));
    }
    Files.write(own.resolve("test_batch.bin"), SmallCifar.records(37, 12, random));
    Files.write(
        own.resolve("batches.meta.txt"),
        IntStream.range(0, 12).mapToObj(i -> "thing " + i).toList());
    return own;
  }

  @Test
  void readsTheRealPictures() {
    Path project = ProjectFolder.home();
    boolean present =
        !System.getenv().getOrDefault(Dataset.VARIABLE, "").isBlank()
            || Files.exists(project.resolve("data").resolve(SmallCifar.FOLDER))
            || Files.exists(project.resolveSibling("shared").resolve("data"));
    assumeTrue(present, "CIFAR-10 is not here");
    Cifar10 cifar = Cifar10.load();
    assumeTrue(cifar.description().startsWith("CIFAR-10:"), "other pictures were asked for");
    assertArrayEquals(
        IntStream.generate(() -> 5_000).limit(10).toArray(), cifar.train().countPerClass());
    assertTrue(cifar.test().size() <= 10_000);
    // The first record of the official files: a frog, then a truck; the test begins with a cat.
    assertEquals("frog", cifar.train().classNames().get(cifar.train().label(0)));
    assertEquals("truck", cifar.train().classNames().get(cifar.train().label(1)));
    assertEquals("cat", cifar.test().classNames().get(cifar.test().label(0)));
  }

  private Cifar10 load(String journeyData) {
    return Cifar10.load(
        new Dataset(
            Manifest.read(ProjectFolder.manifest(home)).dataset("CIFAR-10"),
            Map.of(Dataset.VARIABLE, journeyData),
            home,
            DownloaderTest.impatient()));
  }
}
