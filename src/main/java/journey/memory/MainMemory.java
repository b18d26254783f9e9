package journey.memory;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where an array's elements lie, for code that computes with them directly. What has been closed,
 * or does not lie as the code needs it, is refused here.
 */
public final class MainMemory {

  private static final boolean ON_CPU = Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;

  static {
    if (ON_CPU) {
      Threads.limitLibraries();
    }
  }

  private MainMemory() {}

  /** Whether arrays live in main memory, and not on a GPU. */
  static boolean onCpu() {
    return ON_CPU;
  }

  /** Whether the matrix lies in main memory, in 'c' order, row by row and without gaps. */
  public static boolean holds(INDArray matrix) {
    return ON_CPU && matrix.ordering() == 'c' && rowsFollow(matrix);
  }

  /**
   * Whether the matrix lies row by row and without gaps. The stride of a dimension of size 1 says
   * nothing: ND4J gives a row vector the strides 1 and 1.
   */
  public static boolean rowsFollow(INDArray matrix) {
    return matrix.rank() == 2
        && (matrix.size(0) == 1 || matrix.stride(0) == matrix.size(1))
        && (matrix.size(1) == 1 || matrix.stride(1) == 1);
  }

  /**
   * The address of an array's first element; a view's buffer knows nothing of its offset.
   *
   * @throws IllegalStateException if the array has been closed
   */
  public static long address(INDArray array) {
    DataBuffer data = data(array);
    return data.address() + array.offset() * data.getElementSize();
  }

  /**
   * Whether two arrays share memory. Between the first and the last element of a view there may be
   * elements that do not belong to it; they count too.
   *
   * @throws IllegalStateException if one of the arrays has been closed
   */
  static boolean overlap(INDArray a, INDArray b) {
    if (a.isEmpty() || b.isEmpty()) {
      return false;
    }
    long ofA = address(a);
    long ofB = address(b);
    return ofA < ofB + span(b) * b.dataType().width() && ofB < ofA + span(a) * a.dataType().width();
  }

  /**
   * Whether two arrays of one shape share memory, but not element by element: who writes one of
   * them changes elements of the other that are still to be read.
   *
   * @throws IllegalStateException if one of the arrays has been closed
   */
  static boolean entangled(INDArray a, INDArray b) {
    return a != b && overlap(a, b) && !(address(a) == address(b) && sameSteps(a, b));
  }

  /**
   * Refuses a result whose elements each depend on many of the input's.
   *
   * @throws IllegalArgumentException if the two share memory
   * @throws IllegalStateException if one of the arrays has been closed
   */
  public static void requireApart(INDArray result, INDArray input) {
    if (overlap(result, input)) {
      throw shared(result, input);
    }
  }

  /**
   * Allows one array, but not parts of one that lie over each other.
   *
   * @throws IllegalArgumentException if they do
   * @throws IllegalStateException if one of the arrays has been closed
   */
  public static void requireNotEntangled(INDArray a, INDArray b) {
    if (entangled(a, b)) {
      throw shared(a, b);
    }
  }

  private static IllegalArgumentException shared(INDArray one, INDArray other) {
    return new IllegalArgumentException(
        "the arrays %s %s and %s %s share memory, so that one would be written while it is still to be read: hand over a dup() of one of them"
            .formatted(
                one.dataType(),
                Arrays.toString(one.shape()),
                other.dataType(),
                Arrays.toString(other.shape())));
  }

  private static boolean sameSteps(INDArray a, INDArray b) {
    for (int i = 0; i < a.rank(); i++) {
      if (a.size(i) > 1 && a.stride(i) != b.stride(i)) {
        return false;
      }
    }
    return true;
  }

  /** How many elements lie between the first and the last of an array, both included. */
  private static long span(INDArray array) {
    long last = 0;
    for (int i = 0; i < array.rank(); i++) {
      last += (array.size(i) - 1) * array.stride(i);
    }
    return last + 1;
  }

  /**
   * The elements of a float32 array that lies in main memory without gaps.
   *
   * @throws IllegalArgumentException if the array is of another type, empty or has gaps
   * @throws IllegalStateException if the array has been closed
   */
  public static FloatPointer floats(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "expected an array of type FLOAT, but found " + array.dataType());
    }
    requireNoGaps(array);
    return new FloatPointer(first(array)).capacity(array.length());
  }

  /**
   * Refuses an array whose memory has been given back.
   *
   * @throws IllegalStateException if the array, or the one that it is a part of, has been closed
   */
  public static void requireOpen(INDArray array) {
    if (array.wasClosed()) {
      throw new IllegalStateException(
          "the array of shape %s, or the one that it is a part of, has been closed: use it before that"
              .formatted(Arrays.toString(array.shape())));
    }
  }

  /** The elements of such an array as a buffer. */
  public static FloatBuffer buffer(INDArray array) {
    return floats(array).asBuffer();
  }

  /** The elements of an array of any type that lies in main memory without gaps, byte by byte. */
  static BytePointer bytes(INDArray array) {
    requireNoGaps(array);
    return new BytePointer(first(array)).capacity(array.length() * array.dataType().width());
  }

  /**
   * To be called when the work with the arrays' memory is done: ND4J frees an array that nobody
   * holds any more, even while native code computes with its address.
   */
  public static void keep(INDArray... arrays) {
    Reference.reachabilityFence(arrays);
  }

  private static void requireNoGaps(INDArray array) {
    if (array.isEmpty() || span(array) != array.length()) {
      throw new IllegalArgumentException(
          "expected an array whose elements follow each other, but found shape %s with strides %s"
              .formatted(Arrays.toString(array.shape()), Arrays.toString(array.stride())));
    }
  }

  private static Pointer first(INDArray array) {
    Pointer buffer = data(array).pointer();
    return array.offset() == 0 ? buffer : buffer.getPointer(array.offset());
  }

  private static DataBuffer data(INDArray array) {
    requireOpen(array);
    return array.data();
  }
}
