package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import journey.data.SpecialFiles;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Files that are made to do harm, with the right checksum. */
@Timeout(60)
class NetworkZipTest {

  private static final String COEFFICIENTS = "coefficients.bin";
  private static final String CONFIGURATION = "configuration.json";

  @TempDir Path folder;
  private final ComputationGraph graph = new TinyCnn().network(TinyCnn.RECIPE, 1);
  private final Map<String, byte[]> entries = new TreeMap<>();
  private Path file;

  @BeforeEach
  void save() throws IOException {
    file = folder.resolve("network.zip");
    NetworkZip.write(file, graph, true, Map.of());
    try (var zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    entries.remove(NetworkZip.CHECKSUM);
  }

  private void rewrite() throws IOException {
    Files.write(file, zipped());
  }

  private byte[] zipped() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
      zip.putNextEntry(new ZipEntry(NetworkZip.CHECKSUM));
      zip.write(NetworkZip.checksum(entries).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private void refuses(String... words) {
    String message =
        assertThrows(IOException.class, () -> NetworkZip.read(file).graph()).getMessage();
    assertTrue(message.contains(file.toString()), message);
    assertFalse(message.endsWith(": null"), message);
    for (String word : words) {
      assertTrue(message.contains(word), message);
    }
  }

  @Test
  void whatWasNotChangedIsRead() throws IOException {
    rewrite();
    assertEquals(graph.params(), NetworkZip.read(file).graph().params());
  }

  @Test
  void onlyRegularFilesAreOpened() throws IOException {
    Files.delete(file);
    refuses("no such file");
    SpecialFiles.fifo(file);
    refuses("a pipe");
    Files.delete(file);
    Files.createDirectory(file);
    refuses("a folder");
    Files.delete(file);
    SpecialFiles.sparse(file);
    refuses("1,099,511,627,776 bytes");
  }

  /** 300 MB of zeros are 300 kB in the file. */
  @Test
  void anEntryLargerThanTheNetworkIsNotRead() throws IOException {
    for (String name : new String[] {COEFFICIENTS, CONFIGURATION, "journey/other", "foreign"}) {
      byte[] before = entries.put(name, new byte[300_000_000]);
      rewrite();
      assertTrue(Files.size(file) < 1_000_000);
      refuses("its entry " + name + " has 300,000,000 bytes", "at most");
      if (before == null) {
        entries.remove(name);
      } else {
        entries.put(name, before);
      }
    }
  }

  /** Many entries can be a bomb together. */
  @Test
  void entriesThatAreTooLargeTogetherAreNotRead() throws IOException {
    for (int i = 0; i < 20; i++) {
      entries.put("journey/" + i, new byte[10_000_000]);
    }
    rewrite();
    refuses("has 10,000,000 bytes", "at most");
  }

  @Test
  void anEntryOfAnotherSizeThanItsHeaderSaysIsNotReadOn() throws IOException {
    byte[] coefficients = entries.get(COEFFICIENTS);
    entries.put(COEFFICIENTS, Arrays.copyOf(coefficients, 10_000_000));
    for (int claimed : new int[] {1000, 11_000_000}) {
      byte[] bytes = zipped();
      claimSize(bytes, claimed);
      Files.write(file, bytes);
      refuses();
    }
  }

  /** In the directory at the end, from which the sizes are taken. */
  private static void claimSize(byte[] zip, int size) {
    var bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    byte[] name = COEFFICIENTS.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < zip.length - 46 - name.length; at++) {
      if (bytes.getInt(at) == 0x02014b50
          && Arrays.equals(name, Arrays.copyOfRange(zip, at + 46, at + 46 + name.length))) {
        bytes.putInt(at + 24, size);
        return;
      }
    }
    throw new AssertionError("the directory is not there");
  }

  @Test
  void aConfigurationOfAbsurdSizesAllocatesNothing() throws IOException {
    String json = new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8);
    String absurd = json.replaceAll("\"nout\" ?: ?6\\b", "\"nout\" : 2000000000000");
    assertFalse(absurd.equals(json), json);
    entries.put(CONFIGURATION, absurd.getBytes(StandardCharsets.UTF_8));
    rewrite();
    refuses("but only", "free");
    entries.put(
        CONFIGURATION,
        json.replaceAll("\"nout\" ?: ?6\\b", "\"nout\" : -6").getBytes(StandardCharsets.UTF_8));
    rewrite();
    refuses("-6 outputs");
    entries.put(CONFIGURATION, "{}".getBytes(StandardCharsets.UTF_8));
    rewrite();
    refuses("cannot be");
    entries.put(CONFIGURATION, new byte[0]);
    rewrite();
    refuses("cannot be");
  }

  /** ND4J would allocate what the array says of its size, and read what its strides lead to. */
  @Test
  void anArrayThatIsNotAsLongAsItSaysIsNotRead() throws IOException {
    byte[] array = StoredArray.bytes(Nd4j.rand(DataType.FLOAT, 1, 10));
    assertEquals(10, StoredArray.read(array).length());
    int shape = 2 + "MIXED_DATA_TYPES".length() + 8 + 2 + "LONG".length();
    // The rank, the two sizes and the stride within the row; that of a single row leads nowhere.
    for (int number : new int[] {0, 1, 2, 4}) {
      for (long wrong : new long[] {-1, 2, 1 << 20, 1L << 40, Long.MAX_VALUE}) {
        byte[] changed = array.clone();
        ByteBuffer.wrap(changed).putLong(shape + 8 * number, number == 0 ? wrong + 1 : wrong);
        assertThrows(IOException.class, () -> StoredArray.read(changed), number + ": " + wrong);
      }
    }
    for (int length = 0; length < array.length; length++) {
      byte[] cut = Arrays.copyOf(array, length);
      assertThrows(IOException.class, () -> StoredArray.read(cut));
    }
    assertThrows(IOException.class, () -> StoredArray.read(Arrays.copyOf(array, array.length + 1)));
    entries.put(COEFFICIENTS, array);
    rewrite();
    refuses("cannot be used");
    entries.put(COEFFICIENTS, Arrays.copyOf(array, 50));
    rewrite();
    refuses("cannot be read");
  }

  @Test
  void aDamagedArchiveIsRefusedInWords() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    var random = new Random(5);
    for (int i = 0; i < 300; i++) {
      byte[] damaged =
          Arrays.copyOf(
              whole, random.nextInt(3) == 0 ? random.nextInt(whole.length) : whole.length);
      for (int changes = random.nextInt(8); changes >= 0 && damaged.length > 0; changes--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      try {
        assertEquals(graph.params(), NetworkZip.read(file).graph().params());
      } catch (IOException refused) {
        assertTrue(refused.getMessage().contains(file.toString()), refused::getMessage);
        assertFalse(refused.getMessage().endsWith(": null"), refused::getMessage);
      }
    }
  }
}
