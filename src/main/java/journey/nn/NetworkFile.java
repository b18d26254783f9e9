package journey.nn;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import journey.nn.kernel.Shapes;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a network in a file that NumPy can read: {@code np.load(path)["layer1.W"]}.
 *
 * <p>It is a {@code .npz}, a zip archive with one array {@code layerN.name.npy} for each parameter,
 * as {@code np.savez} writes it. Layers count from 1, those without parameters included. The file
 * holds no architecture: whoever loads it builds the network first.
 *
 * @param path where the file is or shall be
 */
public record NetworkFile(Path path) {

  private static final String SUFFIX = ".npy";

  /** NumPy's own: with a fixed time, the same parameters always give the same file. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  /**
   * Writes the network's parameters. Until all is written, a file that was there before stays as it
   * was.
   *
   * @throws IOException if the file cannot be written
   */
  public void save(Network network) throws IOException {
    Path target = path.toAbsolutePath();
    Path unfinished = target.resolveSibling(target.getFileName() + ".part");
    try {
      try (OutputStream file = Files.newOutputStream(unfinished);
          ZipOutputStream zip = new ZipOutputStream(file)) {
        for (Map.Entry<String, INDArray> parameter : parameters(network).entrySet()) {
          write(zip, parameter.getKey(), Npy.encode(parameter.getValue()));
        }
      }
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /**
   * Gives the network the parameters of the file. If anything is wrong, the network stays as it is.
   *
   * @throws IOException if there is no such file, or it is damaged or of another kind
   * @throws IllegalArgumentException if the file holds other parameters than the network has, or of
   *     other shapes or types
   */
  public void load(Network network) throws IOException {
    Map<String, INDArray> parameters = parameters(network);
    Map<String, INDArray> values = read();
    requireSameNames(parameters.keySet(), values.keySet());
    parameters.forEach((name, parameter) -> requireSameShape(name, parameter, values.get(name)));
    parameters.forEach((name, parameter) -> parameter.assign(values.get(name)));
  }

  private static Map<String, INDArray> parameters(Network network) {
    Map<String, INDArray> parameters = new LinkedHashMap<>();
    List<Layer> layers = network.layers();
    for (int i = 0; i < layers.size(); i++) {
      for (Parameter θ : layers.get(i).parameters()) {
        parameters.put("layer%d.%s".formatted(i + 1, θ.name()), θ.value());
      }
    }
    return parameters;
  }

  private static void write(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name + SUFFIX);
    entry.setTimeLocal(TIME);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(checksum(bytes));
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private Map<String, INDArray> read() throws IOException {
    Map<String, INDArray> values = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        values.put(entry.getName().replace(SUFFIX, ""), read(zip, entry));
      }
    } catch (ZipException e) {
      throw new IOException(
          "%s is not a whole .npz file, as NetworkFile or np.savez writes it: %s"
              .formatted(path, e.getMessage()),
          e);
    }
    return values;
  }

  private INDArray read(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readAllBytes();
      if (checksum(bytes) != entry.getCrc()) {
        throw new IOException("its checksum is wrong");
      }
      return Npy.decode(bytes);
    } catch (IOException e) {
      throw new IOException(
          "cannot read %s in %s: %s".formatted(entry.getName(), path, e.getMessage()), e);
    }
  }

  private void requireSameNames(Set<String> expected, Set<String> found) {
    if (!expected.equals(found)) {
      throw new IllegalArgumentException(
          "%s does not fit the network, whose parameters are %s; the file holds %s"
              .formatted(path, new TreeSet<>(expected), new TreeSet<>(found)));
    }
  }

  private void requireSameShape(String name, INDArray parameter, INDArray value) {
    if (!parameter.equalShapes(value) || parameter.dataType() != value.dataType()) {
      throw new IllegalArgumentException(
          "%s in %s is %s, but in the network it is %s"
              .formatted(name, path, Shapes.describe(value), Shapes.describe(parameter)));
    }
  }

  private static long checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
