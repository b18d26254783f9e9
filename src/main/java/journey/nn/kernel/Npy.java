package journey.nn.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import journey.memory.Allocation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * NumPy's format for one array: a magic number, a version, a header in the syntax of a Python
 * dictionary, then the elements. Matrices of float32 and float64, little-endian.
 *
 * <p>ND4J can do this too, but hands what it reads to native code unchecked, and a truncated file
 * must be an error, not a crash.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The
 *     format</a>
 * @param type of the elements
 * @param order 'c' if rows follow each other, 'f' if columns do
 */
record Npy(DataType type, char order, int rows, int columns) {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int PREFIX = MAGIC.length + 4;
  private static final int ALIGNMENT = 64;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{(?=.*'descr': '<f([48])')(?=.*'fortran_order': (True|False))"
              + "(?=.*'shape': \\((\\d{1,9}), (\\d{1,9})\\)).*\\}\\s*");

  /** As much of a foreign header as a message can show. */
  private static final int SHOWN = 100;

  /** How many bytes of elements a matrix may have here, a little below the longest Java array. */
  private static final long LARGEST = Integer.MAX_VALUE - 100_000;

  /** So many times the elements are in the heap: as they are read, together, and as numbers. */
  private static final int COPIES = 3;

  /**
   * The bytes of a file that holds this matrix, version 1.0 of the format.
   *
   * @throws IOException if it has more than 2 GB, or there is no room for a copy in the heap
   */
  static byte[] encode(INDArray matrix) throws IOException {
    int size = matrix.dataType().width();
    long elements = matrix.length() * size;
    requireRoom(elements, Shapes.describe(matrix));
    // %s, for %d takes the digits of the locale.
    String dictionary =
        "{'descr': '<f%s', 'fortran_order': False, 'shape': (%s, %s), }"
            .formatted(size, matrix.rows(), matrix.columns());
    int padding = ALIGNMENT - 1 - (PREFIX + dictionary.length()) % ALIGNMENT;
    String header = dictionary + " ".repeat(padding) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(PREFIX + header.length() + (int) elements)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header.length());
    bytes.put(header.getBytes(StandardCharsets.ISO_8859_1));
    INDArray inRows = matrix.dup('c');
    if (size == Float.BYTES) {
      bytes.asFloatBuffer().put(inRows.data().asFloat());
    } else {
      bytes.asDoubleBuffer().put(inRows.data().asDouble());
    }
    return bytes.array();
  }

  /**
   * Reads such a file up to where its elements begin.
   *
   * @throws IOException if this is not the beginning of such a file
   */
  static Npy startOf(InputStream file) throws IOException {
    byte[] prefix = file.readNBytes(PREFIX);
    if (prefix.length < PREFIX || !Arrays.equals(prefix, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("it does not begin like a NumPy array");
    }
    if (prefix[MAGIC.length] != 1) {
      throw new IOException(
          "expected version 1 of the format, found version " + prefix[MAGIC.length]);
    }
    ByteBuffer size = ByteBuffer.wrap(prefix, MAGIC.length + 2, 2).order(ByteOrder.LITTLE_ENDIAN);
    int length = Short.toUnsignedInt(size.getShort());
    String header = new String(file.readNBytes(length), StandardCharsets.ISO_8859_1);
    if (header.length() < length) {
      throw new IOException("it ends within its header");
    }
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()) {
      throw new IOException(
          "it is not a matrix of float32 or float64, but: "
              + header.substring(0, Math.min(SHOWN, length)));
    }
    return new Npy(
        matcher.group(1).equals("4") ? DataType.FLOAT : DataType.DOUBLE,
        matcher.group(2).equals("True") ? 'f' : 'c',
        Integer.parseInt(matcher.group(3)),
        Integer.parseInt(matcher.group(4)));
  }

  /** Whether the file's matrix has this one's shape and type. */
  boolean announces(INDArray matrix) {
    return matrix.dataType() == type && Arrays.equals(matrix.shape(), new long[] {rows, columns});
  }

  /**
   * Reads the elements, which the rest of the file must be.
   *
   * @throws IOException if some are missing, bytes are left over, or there is no room for them
   */
  INDArray elements(InputStream file) throws IOException {
    long expected = (long) rows * columns * type.width();
    requireRoom(expected, toString());
    byte[] bytes = file.readNBytes((int) expected);
    if (bytes.length < expected || file.read() >= 0) {
      throw new IOException(
          "its header announces %s, %d bytes, but %s follow"
              .formatted(this, expected, bytes.length < expected ? bytes.length : "more"));
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int[] shape = {rows, columns};
    if (type == DataType.FLOAT) {
      float[] values = new float[rows * columns];
      buffer.asFloatBuffer().get(values);
      return Nd4j.create(values, shape, order);
    }
    double[] values = new double[rows * columns];
    buffer.asDoubleBuffer().get(values);
    return Nd4j.create(values, shape, order).castTo(DataType.DOUBLE);
  }

  private static void requireRoom(long bytes, String what) throws IOException {
    if (bytes > LARGEST) {
      throw new IOException("%s is larger than the 2 GB that fit here".formatted(what));
    }
    try {
      Allocation.requireHeap(COPIES * bytes, "a copy of " + what);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Type and shape, as {@link Shapes#describe} has them. */
  @Override
  public String toString() {
    return "%s [%s, %s]".formatted(type, rows, columns);
  }
}
