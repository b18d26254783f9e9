package journey.nn;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/** Where an array's numbers lie, for what computes with them directly. */
final class MainMemory {

  private static final boolean ON_CPU = Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;

  private MainMemory() {}

  /**
   * Whether the matrix lies in main memory, row by row and without gaps. The stride of a dimension
   * of size 1 says nothing: ND4J gives a row vector the strides 1 and 1.
   */
  static boolean holds(INDArray matrix) {
    return ON_CPU
        && matrix.rank() == 2
        && matrix.ordering() == 'c'
        && (matrix.size(0) == 1 || matrix.stride(0) == matrix.size(1))
        && (matrix.size(1) == 1 || matrix.stride(1) == 1);
  }

  /** The first element of a float32 array. */
  static FloatPointer floats(INDArray array) {
    return new FloatPointer(first(array));
  }

  /** The elements of a float32 array. */
  static FloatBuffer buffer(INDArray array) {
    return floats(array).capacity(array.length()).asBuffer();
  }

  /**
   * To be called when the work with the arrays' memory is done. ND4J frees an array that nobody
   * holds any more, even while somebody computes with its address.
   */
  static void keep(INDArray... arrays) {
    Reference.reachabilityFence(arrays);
  }

  private static Pointer first(INDArray array) {
    Pointer buffer = array.data().pointer();
    return array.offset() == 0 ? buffer : buffer.getPointer(array.offset());
  }
}
