package journey.data;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One file of CIFAR-10's binary version: records of {@value #RECORD} bytes, the label and then the
 * picture. Everything is checked on the one pass in which it is read.
 */
final class CifarFile {

  /** Bytes of a record: one of label, 3,072 of picture. */
  static final int RECORD = 1 + Cifar10.FEATURES;

  /** The number of classes. */
  static final int CLASSES = 10;

  private static final int RECORDS_AT_ONCE = 100;

  private final Path path;
  private final Manifest.DataFile listed;
  private final long size;

  /**
   * Looks at the file's kind and size.
   *
   * @throws DataFileException if it is missing, no file, or neither of the expected size nor, where
   *     the manifest allows that, a whole number of records
   */
  CifarFile(Path folder, Manifest.DataFile listed) {
    this.listed = listed;
    this.path = folder.resolve(listed.name());
    this.size = sizeOnDisk();
    boolean legalPrefix =
        listed.mayBePrefix() && size > 0 && size < listed.size() && size % RECORD == 0;
    if (size != listed.size() && !legalPrefix) {
      throw damaged(expectedSize(), "%,d bytes".formatted(size), null);
    }
  }

  /** How many records it holds. */
  int count() {
    return Math.toIntExact(size / RECORD);
  }

  /** How many the official file holds. */
  int officialCount() {
    return Math.toIntExact(listed.size() / RECORD);
  }

  /**
   * Reads all records, from position {@code first} on.
   *
   * @param pixels 3,072 bytes for each record
   * @param labels a class number for each record
   * @throws DataFileException if it cannot be read, a label is no class, or the SHA-256 is wrong;
   *     that of a file with only the first records is not known
   */
  void readInto(byte[] pixels, int[] labels, int first) {
    var sum = new Sha256();
    byte[] chunk = new byte[RECORDS_AT_ONCE * RECORD];
    int at = first;
    try (InputStream in = new FileInputStream(path.toFile())) {
      for (int left = count(); left > 0; left -= RECORDS_AT_ONCE) {
        int records = Math.min(left, RECORDS_AT_ONCE);
        requireBytes(in.readNBytes(chunk, 0, records * RECORD), records * RECORD, at - first);
        sum.add(chunk, records * RECORD);
        for (int r = 0; r < records; r++, at++) {
          labels[at] = label(chunk[r * RECORD], at - first);
          System.arraycopy(chunk, r * RECORD + 1, pixels, at * Cifar10.FEATURES, Cifar10.FEATURES);
        }
      }
    } catch (IOException problem) {
      throw unreadable(problem);
    }
    requireSum(sum.hex());
  }

  /** Like {@link #readInto}, but returns what is wrong, for use on many files at once. */
  Optional<DataFileException> tryReadInto(byte[] pixels, int[] labels, int first) {
    try {
      readInto(pixels, labels, first);
      return Optional.empty();
    } catch (DataFileException problem) {
      return Optional.of(problem);
    }
  }

  private long sizeOnDisk() {
    try {
      if (!Files.exists(path)) {
        throw damaged(expectedSize(), "no such file", null);
      }
      if (!Files.isRegularFile(path)) {
        throw damaged("a file of " + expectedSize(), "a folder or something else", null);
      }
      return Files.size(path);
    } catch (IOException problem) {
      throw unreadable(problem);
    }
  }

  private String expectedSize() {
    String whole = "%,d bytes".formatted(listed.size());
    return listed.mayBePrefix()
        ? whole + ", or fewer in whole records of %,d bytes".formatted(RECORD)
        : whole;
  }

  private void requireBytes(int got, int wanted, int record) {
    if (got < wanted) {
      throw damaged(
          "%,d bytes".formatted(size), "its end after about record %,d".formatted(record), null);
    }
  }

  private byte label(byte label, int record) {
    if (label < 0 || label >= CLASSES) {
      throw damaged(
          "labels from 0 to " + (CLASSES - 1),
          "label %d in record %,d".formatted(label & 0xFF, record),
          null);
    }
    return label;
  }

  private void requireSum(String found) {
    if (size == listed.size() && !found.equals(listed.sha256())) {
      throw damaged("SHA-256 " + listed.sha256(), "SHA-256 " + found, null);
    }
  }

  private DataFileException unreadable(IOException problem) {
    return damaged("a file that can be read", problem.toString(), problem);
  }

  private DataFileException damaged(String expected, String found, IOException cause) {
    return new DataFileException(path, expected, found, CifarFolder.REMEDY, cause);
  }
}
