package journey.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import journey.memory.Allocation;

/**
 * A file in the IDX format, in which MNIST comes: a magic number, which tells the type of the
 * values and how many dimensions they have, the size of each dimension, then the values, of which
 * the last dimension's lie side by side. All numbers of the head have four bytes, the highest
 * first.
 *
 * @param count how many examples there are, the size of the first dimension
 * @param values the unsigned bytes of one example after the other
 * @see <a href="https://github.com/cvdfoundation/mnist">MNIST's mirror</a>, which has the files
 */
record IdxFile(int count, byte[] values) {

  /** The code of the only type of values that MNIST has. */
  private static final int UNSIGNED_BYTES = 8;

  /** The longest array that every Java virtual machine can make. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  /**
   * Reads a file.
   *
   * @param example the size of one example in each dimension: 28 and 28 for a picture, none for a
   *     label
   * @throws DataFileException if there is no such file, it is of another kind, or is not as long as
   *     its head says
   * @throws IllegalArgumentException if the heap has no room for it
   */
  static IdxFile read(Path file, int... example) {
    String expected =
        "an IDX file of unsigned bytes, in examples of %s"
            .formatted(
                example.length == 0
                    ? "one"
                    : IntStream.of(example)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining("x")));
    DataFileException.requireFile(file, expected, Dataset.REMEDY);
    int magic = UNSIGNED_BYTES << 8 | 1 + example.length;
    // Not a channel: an interrupt would close it, and the file would seem damaged.
    try (var in =
        new DataInputStream(new BufferedInputStream(new FileInputStream(file.toFile())))) {
      int found = in.readInt();
      if (found != magic) {
        throw damaged(file, expected, "the magic number %d instead of %d".formatted(found, magic));
      }
      int count = in.readInt();
      int features = 1;
      for (int size : example) {
        int there = in.readInt();
        if (there != size) {
          throw damaged(file, expected, "a dimension of %d instead of %d".formatted(there, size));
        }
        features *= size;
      }
      long bytes = (long) count * features;
      long behind = file.toFile().length() - 4L * (2 + example.length);
      if (count < 1 || bytes != behind || bytes > MOST_BYTES) {
        String head = "%,d bytes behind a head that speaks of %,d examples";
        throw damaged(file, expected, String.format(Locale.ROOT, head, behind, count));
      }
      Allocation.requireHeap(bytes, "reading " + file);
      byte[] values = new byte[(int) bytes];
      in.readFully(values);
      return new IdxFile(count, values);
    } catch (IOException problem) {
      throw new DataFileException(file, expected, problem.toString(), Dataset.REMEDY, problem);
    }
  }

  private static DataFileException damaged(Path file, String expected, String found) {
    return new DataFileException(file, expected, found, Dataset.REMEDY);
  }
}
