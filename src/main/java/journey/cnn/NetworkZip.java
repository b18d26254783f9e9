package journey.cnn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network as Deeplearning4j's {@link ModelSerializer} writes it, with further entries, which that
 * ignores, and a checksum of all.
 */
final class NetworkZip {

  /** Every entry of ours begins like this. */
  private static final String OURS = "journey/";

  private static final String CHECKSUM = OURS + "sha256";

  private final Path file;
  private final Map<String, byte[]> entries;

  private NetworkZip(Path file, Map<String, byte[]> entries) {
    this.file = file;
    this.entries = entries;
  }

  /**
   * Writes a file. It replaces an earlier one of its name only once it is complete and on the disk.
   *
   * @param updater whether to write the updater's state too
   * @param ours further entries, by name
   */
  static void write(Path file, ComputationGraph graph, boolean updater, Map<String, byte[]> ours)
      throws IOException {
    Map<String, byte[]> entries = serialized(graph, updater);
    ours.forEach((name, bytes) -> entries.put(OURS + name, bytes));
    entries.put(CHECKSUM, checksum(entries).getBytes(StandardCharsets.UTF_8));
    Path unfinished = unfinished(file);
    Files.createDirectories(file.toAbsolutePath().getParent());
    try {
      // Not a channel, which an interrupt would close.
      try (var out = new FileOutputStream(unfinished.toFile())) {
        write(entries, out);
        out.getFD().sync();
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** The name of a file that is not yet complete. */
  static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  private static void write(Map<String, byte[]> entries, FileOutputStream out) throws IOException {
    var zip = new ZipOutputStream(out);
    // Trained weights hardly get smaller at a higher level, which takes ten times as long.
    zip.setLevel(1);
    for (var entry : entries.entrySet()) {
      zip.putNextEntry(new ZipEntry(entry.getKey()));
      zip.write(entry.getValue());
      zip.closeEntry();
    }
    zip.finish();
  }

  private static Map<String, byte[]> serialized(ComputationGraph graph, boolean updater)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, bytes, updater);
    Map<String, byte[]> entries = new TreeMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  /**
   * Reads a whole file.
   *
   * @throws IOException if there is no such file, it is damaged, or it is of another kind
   */
  static NetworkZip read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file);
    }
    Map<String, byte[]> entries = new TreeMap<>();
    // A File and not a channel, which an interrupt would close.
    File source = file.toFile();
    try (ZipFile zip = new ZipFile(source)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        try (InputStream in = zip.getInputStream(entry)) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new IOException(
          "%s, of %,d bytes, is not a whole zip file, in which networks are saved: %s"
              .formatted(file, source.length(), e.getMessage()),
          e);
    }
    verify(file, entries);
    return new NetworkZip(file, entries);
  }

  private static void verify(Path file, Map<String, byte[]> entries) throws IOException {
    byte[] expected = entries.remove(CHECKSUM);
    if (expected == null) {
      throw new IOException(
          "%s was not saved by this project: it has no entry %s, only %s"
              .formatted(file, CHECKSUM, entries.keySet()));
    }
    if (!checksum(entries).equals(new String(expected, StandardCharsets.UTF_8))) {
      throw new IOException(file + " is damaged: its contents do not have the checksum in it");
    }
  }

  private static String checksum(Map<String, byte[]> entries) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    new TreeMap<>(entries)
        .forEach(
            (name, bytes) -> {
              digest.update((name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
              digest.update(bytes);
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A new graph, without its updater's state. */
  ComputationGraph graph() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return ModelSerializer.restoreComputationGraph(
        new ByteArrayInputStream(bytes.toByteArray()), false);
  }

  /** The network's parameters. */
  INDArray parameters() throws IOException {
    return array(ModelSerializer.COEFFICIENTS_BIN);
  }

  /** The updater's state. */
  INDArray updaterState() throws IOException {
    return array(ModelSerializer.UPDATER_BIN);
  }

  /** An entry of ours, an array. */
  INDArray ours(String name) throws IOException {
    return array(OURS + name);
  }

  /** An entry of ours, properties. */
  Properties properties(String name) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(new String(entry(OURS + name), StandardCharsets.UTF_8)));
    return properties;
  }

  private INDArray array(String name) throws IOException {
    return Nd4j.read(new DataInputStream(new ByteArrayInputStream(entry(name))));
  }

  private byte[] entry(String name) throws IOException {
    byte[] bytes = entries.get(name);
    if (bytes == null) {
      throw new IOException("%s has no entry %s, only %s".formatted(file, name, entries.keySet()));
    }
    return bytes;
  }

  /** An array as an entry. */
  static byte[] bytes(INDArray array) throws IOException {
    var bytes = new ByteArrayOutputStream();
    Nd4j.write(array, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  /** Properties as an entry. */
  static byte[] bytes(Properties properties) throws IOException {
    var text = new StringWriter();
    properties.store(text, null);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
