package journey.nn.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import journey.file.RegularFile;
import journey.file.ReplacedFile;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * NumPy's format for several arrays, as {@code np.savez} writes it: a zip archive with a file
 * {@code name.npy} for each.
 */
public final class Npz {

  private static final String SUFFIX = ".npy";

  /** NumPy's own: a fixed time, so that the same arrays always give the same file. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Npz() {}

  /**
   * Writes matrices by their names. A file that was there before stays until the new one is
   * complete.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(Path path, Map<String, INDArray> matrices) throws IOException {
    ReplacedFile.write(
        path,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          for (Map.Entry<String, INDArray> matrix : matrices.entrySet()) {
            write(zip, matrix.getKey() + SUFFIX, Npy.encode(matrix.getValue()));
          }
          zip.finish();
        });
  }

  private static void write(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
  }

  /**
   * Reads the matrices of a file. No more is read of it than matrices of these shapes have,
   * whatever the file announces.
   *
   * @param expected matrices of the names, shapes and types that the file must hold; not changed
   * @throws IOException if there is no such file, or it is damaged or of another kind
   * @throws IllegalArgumentException if it holds others
   */
  public static Map<String, INDArray> read(Path path, Map<String, INDArray> expected)
      throws IOException {
    RegularFile.require(path, "a .npz file as np.savez writes it");
    try (ZipFile zip = new ZipFile(path.toFile())) {
      Map<String, ZipEntry> entries = entries(zip);
      if (!entries.keySet().equals(expected.keySet())) {
        throw new IllegalArgumentException(
            "it holds %s, expected are %s"
                .formatted(new TreeSet<>(entries.keySet()), new TreeSet<>(expected.keySet())));
      }
      Map<String, INDArray> matrices = new LinkedHashMap<>();
      for (Map.Entry<String, INDArray> each : expected.entrySet()) {
        ZipEntry entry = entries.get(each.getKey());
        matrices.put(each.getKey(), read(zip, entry, each.getKey(), each.getValue()));
      }
      return matrices;
    } catch (IOException e) {
      throw new IOException(
          "%s is not a complete .npz file as np.savez writes it: %s".formatted(path, reason(e)), e);
    }
  }

  private static Map<String, ZipEntry> entries(ZipFile zip) throws IOException {
    Map<String, ZipEntry> entries = new LinkedHashMap<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String file = entry.getName();
      if (!file.endsWith(SUFFIX)) {
        throw new IOException("it holds %s, which is no %s".formatted(file, SUFFIX));
      }
      String name = file.substring(0, file.length() - SUFFIX.length());
      if (entries.put(name, entry) != null) {
        throw new IOException("it holds %s twice".formatted(file));
      }
    }
    return entries;
  }

  private static INDArray read(ZipFile zip, ZipEntry entry, String name, INDArray expected)
      throws IOException {
    try (var in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      Npy file = Npy.startOf(in);
      if (!file.announces(expected)) {
        throw new IllegalArgumentException(
            "%s is %s in it, expected is %s".formatted(name, file, Shapes.describe(expected)));
      }
      INDArray matrix = file.elements(in);
      if (in.getChecksum().getValue() != entry.getCrc()) {
        throw new IOException("its checksum is wrong");
      }
      return matrix;
    } catch (IOException e) {
      throw new IOException("in %s, %s".formatted(entry.getName(), reason(e)), e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
