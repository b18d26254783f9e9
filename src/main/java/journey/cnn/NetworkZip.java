package journey.cnn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import journey.file.RegularFile;
import journey.file.ReplacedFile;
import journey.memory.Allocation;
import org.apache.commons.codec.digest.DigestUtils;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network as Deeplearning4j's {@link ModelSerializer} writes it, with further entries, which that
 * ignores, and a checksum of all.
 */
final class NetworkZip {

  /** Every entry of ours begins like this. */
  private static final String OURS = "journey/";

  static final String CHECKSUM = OURS + "sha256";

  /** No network's configuration and properties have as many bytes. */
  private static final long TEXTS = 1 << 24;

  /** The longest array that every Java virtual machine can make, and a byte. */
  private static final long LONGEST = Integer.MAX_VALUE - 9;

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
    Files.createDirectories(file.toAbsolutePath().getParent());
    ReplacedFile.write(file, out -> write(entries, out));
  }

  private static void write(Map<String, byte[]> entries, OutputStream out) throws IOException {
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
    RegularFile.require(file, "a network that was saved");
    Map<String, byte[]> entries;
    // A File and not a channel, which an interrupt would close.
    File source = file.toFile();
    try (ZipFile zip = new ZipFile(source)) {
      entries = read(zip);
    } catch (ForeignFileException foreign) {
      throw new IOException(file + " was not saved by this project: " + foreign.getMessage());
    } catch (IOException | RuntimeException problem) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s, of %,d bytes, cannot be read as the zip file in which a network is saved: %s",
              file,
              source.length(),
              problem),
          problem);
    }
    byte[] expected = entries.remove(CHECKSUM);
    if (!checksum(entries).equals(new String(expected, StandardCharsets.UTF_8))) {
      throw new IOException(file + " is damaged: its contents do not have the checksum in it");
    }
    return new NetworkZip(file, entries);
  }

  /** A zip file, but not one of ours. */
  private static final class ForeignFileException extends IOException {

    private static final long serialVersionUID = 1L;

    ForeignFileException(String message) {
      super(message);
    }
  }

  /**
   * Reads no more than a network of this configuration can have: a zip file of a few megabytes can
   * promise, and keep, more bytes than there is memory.
   */
  private static Map<String, byte[]> read(ZipFile zip) throws IOException {
    List<? extends ZipEntry> all = Collections.list(zip.entries());
    for (String needed : List.of(CHECKSUM, ModelSerializer.CONFIGURATION_JSON)) {
      if (zip.getEntry(needed) == null) {
        throw new ForeignFileException(
            "it has no entry %s, only %s"
                .formatted(needed, all.stream().limit(20).map(ZipEntry::getName).toList()));
      }
    }
    ZipEntry json = zip.getEntry(ModelSerializer.CONFIGURATION_JSON);
    requireAtMost(TEXTS, json);
    long most = NetworkMemory.of(configuration(bytes(zip, json))).trainingBytes();
    most = Math.max(most, most + TEXTS); // which overflows where the network is absurd
    long sum = 0;
    for (ZipEntry entry : all) {
      requireAtMost(most - sum, entry);
      sum += entry.getSize();
    }
    Allocation.requireHeap(sum, "reading it");
    Map<String, byte[]> entries = new TreeMap<>();
    for (ZipEntry entry : all) {
      if (entries.put(entry.getName(), bytes(zip, entry)) != null) {
        throw new IOException("it has two entries " + entry.getName());
      }
    }
    return entries;
  }

  private static void requireAtMost(long most, ZipEntry entry) throws IOException {
    long size = entry.getSize();
    if (size < 0 || size > Math.min(most, LONGEST)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "its entry %s has %,d bytes, where a network like this has at most %,d",
              entry.getName(),
              size,
              Math.min(most, LONGEST)));
    }
  }

  /** No more than the size that the header gives. */
  private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
    long size = entry.getSize();
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes((int) size + 1);
      if (bytes.length != size) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "its entry %s should have %,d bytes, but has %s",
                entry.getName(),
                size,
                bytes.length < size ? "only " + bytes.length : "more"));
      }
      return bytes;
    }
  }

  private static ComputationGraphConfiguration configuration(byte[] json) throws IOException {
    try {
      return ComputationGraphConfiguration.fromJson(new String(json, StandardCharsets.UTF_8));
    } catch (RuntimeException problem) {
      // Its message has the whole text in it.
      throw new IOException("its configuration is none of Deeplearning4j's", problem);
    }
  }

  /** What the entry {@value #CHECKSUM} must say of all others. */
  static String checksum(Map<String, byte[]> entries) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    new TreeMap<>(entries)
        .forEach(
            (name, bytes) -> {
              digest.update((name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
              digest.update(bytes);
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * A new graph, without its updater's state.
   *
   * @throws IOException if there is no memory for it, or it is not of one piece
   */
  ComputationGraph graph() throws IOException {
    try {
      ComputationGraphConfiguration configuration =
          configuration(entry(ModelSerializer.CONFIGURATION_JSON));
      NetworkMemory.of(configuration).requireForPredicting(file.toString());
      var graph = new ComputationGraph(configuration);
      graph.init(parameters(), false);
      return graph;
    } catch (RuntimeException problem) {
      throw new IOException("%s cannot be used: %s".formatted(file, problem.getMessage()), problem);
    }
  }

  /** The network's parameters. */
  INDArray parameters() throws IOException {
    return array(ModelSerializer.COEFFICIENTS_BIN);
  }

  /** Gives an array the values of the network's parameters. */
  void parametersInto(INDArray target) throws IOException {
    into(target, ModelSerializer.COEFFICIENTS_BIN);
  }

  /** Gives an array the values of the updater's state. */
  void updaterStateInto(INDArray target) throws IOException {
    into(target, ModelSerializer.UPDATER_BIN);
  }

  /** Gives an array the values of an entry of ours. */
  void oursInto(INDArray target, String name) throws IOException {
    into(target, OURS + name);
  }

  /** An entry of ours, properties. */
  Properties properties(String name) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(new String(entry(OURS + name), StandardCharsets.UTF_8)));
    return properties;
  }

  private void into(INDArray target, String name) throws IOException {
    INDArray values = array(name);
    if (values.length() != target.length()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s does not fit: its entry %s has %,d numbers, where the network has %,d",
              file,
              name,
              values.length(),
              target.length()));
    }
    target.assign(values.reshape(target.shape()));
  }

  private INDArray array(String name) throws IOException {
    try {
      return StoredArray.read(entry(name));
    } catch (IOException problem) {
      throw new IOException(
          "%s is damaged: its entry %s cannot be read: %s"
              .formatted(file, name, problem.getMessage()),
          problem);
    }
  }

  private byte[] entry(String name) throws IOException {
    byte[] bytes = entries.get(name);
    if (bytes == null) {
      throw new IOException("%s has no entry %s, only %s".formatted(file, name, entries.keySet()));
    }
    return bytes;
  }

  /** Properties as an entry. */
  static byte[] bytes(Properties properties) throws IOException {
    var text = new StringWriter();
    properties.store(text, null);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
