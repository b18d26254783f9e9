package journey.nn;

import static journey.nn.Arrays2D.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
  void refusesForeignFiles() throws IOException {
    Files.writeString(file().path(), "not a network at all, but a text");
    damaged();
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file().path()))) {
      zip.putNextEntry(new ZipEntry("layer1.W.npy"));
      zip.write("hello".getBytes(StandardCharsets.US_ASCII));
    }
    assertTrue(damaged().contains("layer1.W.npy"));
    Files.delete(file().path());
    assertThrows(NoSuchFileException.class, () -> file().load(network(DataType.FLOAT, 4, 1)));
  }

  private String damaged() {
    Network network = network(DataType.FLOAT, 4, 2);
    var error = assertThrows(IOException.class, () -> file().load(network));
    assertTrue(error.getMessage().contains("network.npz"), error::getMessage);
    assertSame(network(DataType.FLOAT, 4, 2), network);
    return error.getMessage();
  }
}
