package journey.nn.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
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
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(checksum(bytes));
    zip.putNextEntry(entry);
    zip.write(bytes);
  }

  /**
   * Reads the matrices of a file.
   *
   * @throws IOException if there is no such file, or it is damaged or of another kind
   */
  public static Map<String, INDArray> read(Path path) throws IOException {
    Map<String, INDArray> matrices = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        matrices.put(entry.getName().replace(SUFFIX, ""), read(zip, entry));
      }
    } catch (ZipException e) {
      throw new IOException(
          "%s is not a complete .npz file as np.savez writes it: %s"
              .formatted(path, e.getMessage()),
          e);
    }
    return matrices;
  }

  private static INDArray read(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readAllBytes();
      if (checksum(bytes) != entry.getCrc()) {
        throw new IOException("its checksum is wrong");
      }
      return Npy.decode(bytes);
    } catch (IOException e) {
      throw new IOException(
          "cannot read %s in %s: %s".formatted(entry.getName(), zip.getName(), e.getMessage()), e);
    }
  }

  private static long checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
