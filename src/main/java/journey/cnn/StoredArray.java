package journey.cnn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import journey.memory.Allocation;
import org.nd4j.linalg.api.buffer.BaseDataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An array as {@link Nd4j#write} writes it: a buffer with the shape, then one with the elements,
 * each with its length before it. ND4J believes these and allocates what they say, so here they are
 * looked at first.
 */
final class StoredArray {

  private StoredArray() {}

  static byte[] bytes(INDArray array) throws IOException {
    var bytes = new ByteArrayOutputStream();
    Nd4j.write(array, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  /**
   * The array.
   *
   * @throws IOException if the bytes are not those of one array without gaps
   */
  static INDArray read(byte[] bytes) throws IOException {
    try {
      verify(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException | RuntimeException problem) {
      throw new IOException("it is no whole array of ND4J's: " + problem, problem);
    }
    return Nd4j.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  private static void verify(DataInputStream in) throws IOException {
    int length = (int) lengthOf(in, DataType.INT64);
    long[] shape = new long[length];
    for (int i = 0; i < length; i++) {
      shape[i] = in.readLong();
    }
    // The rank, the sizes, the strides, and three numbers more.
    long rank = shape[0];
    require(rank >= 0 && length == 2 * rank + 4, "a shape of rank", rank);
    long elements = 1;
    long last = 0;
    for (int i = 1; i <= rank; i++) {
      long size = shape[i];
      long stride = shape[i + (int) rank];
      require(size > 0 && stride >= 0, "a size or stride of", Math.min(size, stride));
      elements = Math.multiplyExact(elements, size);
      last = Math.addExact(last, Math.multiplyExact(size - 1, stride));
    }
    long found = lengthOf(in, null);
    require(found == elements, elements + " elements, and then", found);
    require(last < elements, elements + " elements, the last of them at", last);
  }

  /**
   * The length of the buffer that begins here.
   *
   * @param type that its elements must have; null for any, of which there must be no more bytes
   *     than those
   */
  private static long lengthOf(InputStream in, DataType type) throws IOException {
    var header = BaseDataBuffer.readHeader(in);
    long length = header.getMiddle();
    DataType found = header.getRight();
    require(length >= 1 && found.width() > 0, "a buffer of length", length);
    long bytes = Allocation.bytes(found, length);
    require(type == null || type == found, "a shape of other numbers:", length);
    require(type == null ? bytes == in.available() : bytes < in.available(), "bytes:", bytes);
    return length;
  }

  private static void require(boolean condition, String found, long number) throws IOException {
    if (!condition) {
      throw new IOException("found " + found + " " + number);
    }
  }
}
