package journey.nn;

import static journey.nn.Arrays2D.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import journey.data.SpecialFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkFileTest {

  @TempDir private Path folder;

  private static Network network(DataType type, int hidden, long seed) {
    return new Network(
        new CategoricalCrossEntropy(),
        new DenseLayer(5, hidden, new ReLU(), new He().as(type), random(seed)),
        new Dropout(hidden, 0.5, type, random(seed)),
        new DenseLayer(hidden, 3, new Identity(), new He().as(type), random(seed)));
  }

  private NetworkFile file() {
    return new NetworkFile(folder.resolve("network.npz"));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void givesBackEveryBit(DataType type) throws IOException {
    Network saved = network(type, 4, 1);
    saved.parameters().forEach(parameter -> parameter.value().divi(3));
    file().save(saved);
    Network loaded = network(type, 4, 2);
    file().load(loaded);
    assertSame(saved, loaded);
  }

  /** Digits are letters of their own in some languages. */
  @Test
  void loadsWhatWasSavedUnderAnotherLocale() throws IOException {
    Network saved = network(DataType.FLOAT, 4, 1);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      file().save(saved);
    } finally {
      Locale.setDefault(before);
    }
    Network loaded = network(DataType.FLOAT, 4, 2);
    file().load(loaded);
    assertSame(saved, loaded);
  }

  private static void assertSame(Network expected, Network actual) {
    for (int i = 0; i < 4; i++) {
      INDArray value = expected.parameters().get(i).value();
      assertArrayEquals(
          value.data().asBytes(), actual.parameters().get(i).value().data().asBytes());
    }
  }

  @Test
  void nd4jReadsItAsNumPysFormat() throws Exception {
    Network network = network(DataType.FLOAT, 4, 1);
    file().save(network);
    Map<String, INDArray> arrays = Nd4j.createFromNpzFile(file().path().toFile());
    assertEquals(4, arrays.size());
    assertEquals(network.parameters().get(0).value(), arrays.get("layer1.W"));
    assertEquals(network.parameters().get(3).value(), arrays.get("layer3.b"));
  }

  @Test
  void theSameParametersGiveTheSameFileAndNothingElseIsLeft() throws IOException {
    file().save(network(DataType.FLOAT, 4, 1));
    byte[] first = Files.readAllBytes(file().path());
    file().save(network(DataType.FLOAT, 4, 2));
    file().save(network(DataType.FLOAT, 4, 1));
    assertArrayEquals(first, Files.readAllBytes(file().path()));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void refusesOtherShapesTypesAndNames() throws IOException {
    file().save(network(DataType.FLOAT, 4, 1));
    refuses(network(DataType.FLOAT, 6, 2), "layer1.W", "[5, 4]", "[5, 6]");
    refuses(network(DataType.DOUBLE, 4, 2), "layer1.W", "FLOAT", "DOUBLE");
    Layer single = new DenseLayer(5, 4, new ReLU(), new He(), random(2));
    refuses(new Network(new MeanSquaredError(), single), "layer3.W", "[layer1.W, layer1.b]");
  }

  private void refuses(Network network, String... parts) {
    INDArray before = network.parameters().get(0).value().dup();
    var error = assertThrows(IllegalArgumentException.class, () -> file().load(network));
    for (String part : parts) {
      assertTrue(error.getMessage().contains(part), error::getMessage);
    }
    assertEquals(before, network.parameters().get(0).value());
  }

  @Test
  void refusesWhatWasCutShort() throws IOException {
    file().save(network(DataType.FLOAT, 4, 1));
    byte[] whole = Files.readAllBytes(file().path());
    for (int length = 0; length < whole.length; length += 37) {
      Files.write(file().path(), Arrays.copyOf(whole, length));
      damaged();
    }
  }

  @Test
  void refusesADamagedNumber() throws IOException {
    file().save(network(DataType.FLOAT, 4, 1));
    byte[] bytes = Files.readAllBytes(file().path());
    bytes[200] ^= 1;
    Files.write(file().path(), bytes);
    assertTrue(damaged().contains("checksum"));
  }

  @Test
  void refusesNumbersThatAreNotFinite() throws IOException {
    Network network = network(DataType.FLOAT, 4, 1);
    file().save(network);
    byte[] before = Files.readAllBytes(file().path());
    for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      network.parameters().get(2).value().putScalar(3, 1, value);
      var error = assertThrows(DivergedException.class, () -> file().save(network));
      assertTrue(error.getMessage().startsWith("W of layer 3 is " + value), error::getMessage);
      assertArrayEquals(before, Files.readAllBytes(file().path()));

      Map<String, byte[]> entries = entries(before);
      byte[] weights = entries.get("layer3.W.npy");
      int at = weights.length - (4 * 3 - (3 * 3 + 1)) * Float.BYTES;
      ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).putFloat(at, value);
      write(entries);
      assertTrue(damaged().startsWith("layer3.W in "));
      assertTrue(damaged().contains(value + " at row 3, column 1"));
      Files.write(file().path(), before);
    }
  }

  @Test
  void refusesNamesThatAreThereTwice() throws IOException {
    file().save(network(DataType.FLOAT, 4, 1));
    Map<String, byte[]> entries = entries(Files.readAllBytes(file().path()));
    entries.put("layer1.W", entries.get("layer1.W.npy"));
    write(entries);
    assertTrue(damaged().contains("it holds layer1.W, which is no .npy"));

    entries.remove("layer1.W");
    entries.put("layer9.W.npy", entries.get("layer1.W.npy"));
    write(entries);
    String twice = Files.readString(file().path(), StandardCharsets.ISO_8859_1);
    Files.writeString(
        file().path(), twice.replace("layer9.W", "layer1.W"), StandardCharsets.ISO_8859_1);
    assertTrue(damaged().contains("it holds layer1.W.npy twice"));
  }

  /** An archive that unpacks to 64 MB is not unpacked, whatever its header says. */
  @Test
  void readsNoMoreThanTheNetworkHas() throws IOException {
    file().save(network(DataType.FLOAT, 4, 1));
    byte[] whole = Files.readAllBytes(file().path());
    Map<String, byte[]> entries = entries(whole);
    byte[] weights = entries.get("layer1.W.npy");
    entries.put("layer1.W.npy", Arrays.copyOf(weights, 1 << 26));
    write(entries);
    assertTrue(damaged().contains("announces FLOAT [5, 4], 80 bytes, but more follow"));

    entries.put("layer1.W.npy", Arrays.copyOf(weights, weights.length - 1));
    write(entries);
    assertTrue(damaged().contains("announces FLOAT [5, 4], 80 bytes, but 79 follow"));

    byte[] huge = new byte[1 << 26];
    byte[] header =
        headerOf(weights)
            .replace("(5, 4)", "(999999999, 999999999)")
            .getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer.wrap(huge)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(weights, 0, 8)
        .putShort((short) header.length)
        .put(header);
    entries.put("layer1.W.npy", huge);
    write(entries);
    refuses(network(DataType.FLOAT, 4, 2), "FLOAT [999999999, 999999999]", "[5, 4]");
  }

  private static String headerOf(byte[] npy) {
    int length = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
    return new String(npy, 10, length, StandardCharsets.ISO_8859_1);
  }

  private static Map<String, byte[]> entries(byte[] file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  private void write(Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file().path()))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
  }

  @Test
  void refusesWhatIsNoFile() throws IOException {
    SpecialFiles.fifo(file().path());
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertTrue(damaged().contains("there is a pipe")));
    Files.delete(file().path());
    Files.createDirectory(file().path());
    assertTrue(damaged().contains("there is a folder"));
    var error = assertThrows(IOException.class, () -> file().save(network(DataType.FLOAT, 4, 1)));
    assertTrue(error.getMessage().contains("network.npz could not be written"), error::getMessage);
    Files.delete(file().path());
    SpecialFiles.sparse(file().path());
    damaged();
  }

  @Test
  void saysThatAFolderIsMissing() {
    NetworkFile file = new NetworkFile(folder.resolve("none").resolve("network.npz"));
    var error = assertThrows(IOException.class, () -> file.save(network(DataType.FLOAT, 4, 1)));
    assertTrue(error.getMessage().contains("there is no folder"), error::getMessage);
    assertThrows(NullPointerException.class, () -> new NetworkFile(null));
  }

  /** Those that write one file at a time do not take each other's unfinished one. */
  @Test
  void severalThreadsMaySaveOneFile() {
    List<Network> networks =
        IntStream.range(0, 4).mapToObj(seed -> network(DataType.FLOAT, 400, seed)).toList();
    List<Exception> problems = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads =
        networks.stream().map(network -> new Thread(() -> saves(network, problems))).toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      assertDoesNotThrow(() -> thread.join());
    }
    assertEquals(List.of(), problems);
    assertDoesNotThrow(() -> file().load(network(DataType.FLOAT, 400, 9)));
  }

  private void saves(Network network, List<Exception> problems) {
    try {
      for (int i = 0; i < 30; i++) {
        file().save(network);
      }
    } catch (IOException e) {
      problems.add(e);
    }
  }

  @Test
  void refusesForeignFiles() throws IOException {
    file().save(network(DataType.FLOAT, 4, 1));
    Map<String, byte[]> entries = entries(Files.readAllBytes(file().path()));
    Files.writeString(file().path(), "not a network at all, but a text");
    damaged();
    entries.put("layer1.W.npy", "hello".getBytes(StandardCharsets.US_ASCII));
    write(entries);
    assertTrue(damaged().contains("layer1.W.npy"));
    Files.delete(file().path());
    assertTrue(damaged().contains("no such file"));
  }

  private String damaged() {
    Network network = network(DataType.FLOAT, 4, 2);
    var error = assertThrows(IOException.class, () -> file().load(network));
    assertTrue(error.getMessage().contains("network.npz"), error::getMessage);
    assertSame(network(DataType.FLOAT, 4, 2), network);
    return error.getMessage();
  }
}
