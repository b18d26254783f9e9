package journey.nn.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 */
final class Npy {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{(?=.*'descr': '<f([48])')(?=.*'fortran_order': (True|False))"
              + "(?=.*'shape': \\((\\d{1,9}), (\\d{1,9})\\)).*\\}\\s*");

  private Npy() {}

  /** The bytes of a file that holds this matrix, version 1.0 of the format. */
  static byte[] encode(INDArray matrix) {
    int size = matrix.dataType().width();
    String dictionary =
        "{'descr': '<f%d', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(size, matrix.rows(), matrix.columns());
    int start = MAGIC.length + 4;
    int padding = ALIGNMENT - 1 - (start + dictionary.length()) % ALIGNMENT;
    String header = dictionary + " ".repeat(padding) + "\n";
    int length = Math.toIntExact(start + header.length() + matrix.length() * size);
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
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
   * The matrix that such a file holds.
   *
   * @throws IOException if these are not the bytes of such a file, or some are missing or left over
   */
  static INDArray decode(byte[] file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    Matcher header = HEADER.matcher(header(bytes));
    if (!header.matches()) {
      throw new IOException("it is not a matrix of float32 or float64, but: " + header(bytes));
    }
    int size = Integer.parseInt(header.group(1));
    char order = header.group(2).equals("True") ? 'f' : 'c';
    int[] shape = {Integer.parseInt(header.group(3)), Integer.parseInt(header.group(4))};
    long expected = (long) shape[0] * shape[1] * size;
    if (expected == 0 || bytes.remaining() != expected) {
      throw new IOException(
          "its header announces %s elements of %d bytes, but %d bytes follow"
              .formatted(Arrays.toString(shape), size, bytes.remaining()));
    }
    int count = shape[0] * shape[1];
    if (size == Float.BYTES) {
      float[] values = new float[count];
      bytes.asFloatBuffer().get(values);
      return Nd4j.create(values, shape, order);
    }
    double[] values = new double[count];
    bytes.asDoubleBuffer().get(values);
    return Nd4j.create(values, shape, order).castTo(DataType.DOUBLE);
  }

  /** The dictionary; afterwards the buffer stands where the elements begin. */
  private static String header(ByteBuffer bytes) throws IOException {
    bytes.rewind();
    int prefix = MAGIC.length + 4;
    if (bytes.remaining() < prefix || !Arrays.equals(bytes.array(), 0, 6, MAGIC, 0, 6)) {
      throw new IOException("it does not begin like a NumPy array");
    }
    byte version = bytes.get(MAGIC.length);
    if (version != 1) {
      throw new IOException("expected version 1 of the format, found version " + version);
    }
    int length = Short.toUnsignedInt(bytes.getShort(MAGIC.length + 2));
    if (bytes.remaining() < prefix + length) {
      throw new IOException("it ends within its header");
    }
    bytes.position(prefix + length);
    return new String(bytes.array(), prefix, length, StandardCharsets.ISO_8859_1);
  }
}
