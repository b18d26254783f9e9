package journey.data;

import static journey.data.DownloaderTest.assertMentions;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import journey.file.ProjectFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class MnistTest {

  private static final String PICTURES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  // Port 9 is the discard service, which nobody runs: connecting is refused at once.
  private static final URI NOBODY = URI.create("http://127.0.0.1:9/mnist");

  private final SmallMnist data = new SmallMnist();

  @TempDir Path temporary;

  @Test
  void readsPicturesAndLabels() throws IOException {
    Mnist mnist = load();
    assertEquals(30, mnist.train().size());
    assertEquals(10, mnist.test().size());
    assertEquals(new ImageShape(1, 28), mnist.test().shape());
    assertEquals("0123456789", String.join("", mnist.train().classNames()));
    assertArrayEquals(IntStream.range(0, 10).toArray(), mnist.test().labels());
    byte[] pictures = data.file(PICTURES);
    for (int feature : new int[] {0, 400, 783}) {
      assertEquals(pictures[16 + 17 * 784 + feature] & 0xFF, mnist.train().value(17, feature));
    }
    assertFalse(mnist.isStandIn());
    assertEquals(
        "MNIST: 30 training and 10 test pictures of handwritten digits, 28x28 pixels, read from the"
            + " project's data folder.",
        mnist.description());
    assertTrue(mnist.banner().contains("28x28"), mnist.banner());
  }

  @Test
  void namesAFileThatIsNotTheOfficialOne() throws IOException {
    Path home = data.home(temporary, NOBODY);
    Path file = data.unpackInto(home.resolve("data")).resolve(LABELS);
    byte[] bytes = data.file(LABELS);
    bytes[20] ^= 1;
    Files.write(file, bytes);
    var problem = assertThrows(DataFileException.class, () -> load(home, ""));
    assertMentions(problem, file, "38 bytes with SHA-256", "what to do:", "data/README.md");
  }

  @Test
  void namesAFileThatIsMissing() throws IOException {
    Path home = data.home(temporary, NOBODY);
    Path file = data.unpackInto(home.resolve("data")).resolve(PICTURES);
    Files.delete(file);
    assertMentions(
        assertThrows(DataFileException.class, () -> load(home, "")), file, "no such file");
  }

  /** As the manifest lists them; so only the reader itself can find the fault. */
  @Test
  void namesLabelsThatDoNotFit() {
    data.put(LABELS, SmallMnist.idx(new byte[29], 29));
    assertMentions(assertThrows(DataFileException.class, () -> load()), LABELS, "29 labels for 30");
    byte[] labels = new byte[30];
    labels[7] = 10;
    data.put(LABELS, SmallMnist.idx(labels, 30));
    assertMentions(
        assertThrows(DataFileException.class, () -> load()), "0 to 9", "label 10 at position 7");
  }

  @Test
  void refusesWhatIsNoSuchFile() throws IOException {
    byte[] whole = data.file(PICTURES);
    assertRefused("the magic number 2049 instead of 2051", changed(whole, 0, 2049));
    assertRefused("a dimension of 27 instead of 28", changed(whole, 2, 27));
    assertRefused("23,520 bytes behind a head that speaks of 31", changed(whole, 1, 31));
    assertRefused("speaks of 0", changed(whole, 1, 0));
    assertRefused("speaks of -30", changed(whole, 1, -30));
    assertRefused("speaks of 2,147,483,647", changed(whole, 1, Integer.MAX_VALUE));
    assertRefused("23,519 bytes behind", Arrays.copyOf(whole, whole.length - 1));
    assertRefused("EOFException", Arrays.copyOf(whole, 7));
    assertRefused("EOFException", new byte[0]);
  }

  @Test
  void refusesAFileThatNoArrayCanHold() throws IOException {
    Path file = temporary.resolve("sparse");
    try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(Arrays.copyOf(changed(data.file(PICTURES), 1, 3_000_000), 16));
      sparse.setLength(16 + 3_000_000L * 784);
    }
    var problem = assertThrows(DataFileException.class, () -> IdxFile.read(file, 28, 28));
    assertMentions(problem, "2,352,000,000 bytes");
  }

  private void assertRefused(String found, byte[] content) throws IOException {
    Path file = Files.write(temporary.resolve("file"), content);
    var problem = assertThrows(DataFileException.class, () -> IdxFile.read(file, 28, 28));
    assertMentions(problem, file, "examples of 28x28", found);
  }

  /** The same file with another number at a place of its head, counted in fours of bytes. */
  private static byte[] changed(byte[] file, int place, int number) {
    byte[] copy = file.clone();
    ByteBuffer.wrap(copy).putInt(4 * place, number);
    return copy;
  }

  @Test
  void standsInLoudlyWhenThereIsNeitherDataNorNetwork() throws IOException {
    Mnist mnist = load(data.home(temporary, NOBODY), "");
    assertTrue(mnist.isStandIn());
    assertEquals(Mnist.STAND_IN_TRAIN, mnist.train().size());
    assertEquals(Mnist.STAND_IN_TEST, mnist.test().size());
    for (String text : new String[] {mnist.description(), mnist.banner()}) {
      assertMentions(text, "NOT the digits of MNIST", "No figure", "no connection");
    }
    assertMentions(mnist.banner(), "font-size:150%", "NOT MNIST");
    assertTrue(load(temporary, "stand-in").isStandIn());
  }

  @Test
  void readsTheRealDigits() {
    Path project = ProjectFolder.home();
    String named = System.getenv().getOrDefault(Dataset.VARIABLE, "");
    assumeTrue(
        Stream.of(Path.of(named), project.resolve("data"), project.resolve("../shared/data"))
            .anyMatch(place -> Files.exists(place.resolve(SmallMnist.FOLDER))),
        "MNIST is not here");
    Mnist mnist = Mnist.load();
    assertEquals(60_000, mnist.train().size());
    assertEquals(10_000, mnist.test().size());
    // The official files begin with a five, a zero and a four; the test with a seven.
    assertArrayEquals(new int[] {5, 0, 4}, mnist.train().first(3).labels());
    assertEquals(7, mnist.test().label(0));
    assertEquals(6_742, mnist.train().countPerClass()[1]);
  }

  private Mnist load() throws IOException {
    Path home = data.home(temporary, NOBODY);
    data.unpackInto(home.resolve("data"));
    return load(home, "");
  }

  private static Mnist load(Path home, String journeyData) {
    return Mnist.load(
        new Dataset(
            Manifest.read(ProjectFolder.manifest(home)).dataset("MNIST"),
            Map.of(Dataset.VARIABLE, journeyData),
            home,
            DownloaderTest.impatient()));
  }
}
