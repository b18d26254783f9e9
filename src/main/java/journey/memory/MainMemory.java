package journey.memory;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/** Where an array's elements lie, for code that computes with them directly. */
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
  static boolean rowsFollow(INDArray matrix) {
    return matrix.rank() == 2
        && (matrix.size(0) == 1 || matrix.stride(0) == matrix.size(1))
        && (matrix.size(1) == 1 || matrix.stride(1) == 1);
  }

  /** The address of an array's first element; a view's buffer knows nothing of its offset. */
  public static long address(INDArray array) {
    return array.data().address() + array.offset() * array.data().getElementSize();
  }

  /**
   * The elements of a float32 array that lies in main memory without gaps.
   *
   * @throws IllegalArgumentException if the array is of another type
   */
  public static FloatPointer floats(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "expected an array of type FLOAT, but found " + array.dataType());
    }
    return new FloatPointer(first(array)).capacity(array.length());
  }

  /** The elements of such an array as a buffer. */
  public static FloatBuffer buffer(INDArray array) {
    return floats(array).asBuffer();
  }

  /** The elements of an array of any type that lies in main memory without gaps, byte by byte. */
  static BytePointer bytes(INDArray array) {
    return new BytePointer(first(array)).capacity(array.length() * array.dataType().width());
  }

  /**
   * To be called when the work with the arrays' memory is done: ND4J frees an array that nobody
   * holds any more, even while native code computes with its address.
   */
  public static void keep(INDArray... arrays) {
    Reference.reachabilityFence(arrays);
  }

  private static Pointer first(INDArray array) {
    Pointer buffer = array.data().pointer();
    return array.offset() == 0 ? buffer : buffer.getPointer(array.offset());
  }
}
