package journey.nn;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The few matrix operations in which a network spends its time, into arrays that are there already.
 *
 * <p>All of this could be said with {@code mmul}, {@code addRowVector} and {@code sum}. It is said
 * to OpenBLAS, the library below ND4J, because ND4J reorders the operands and allocates at every
 * call, which on the small matrices of a mini-batch costs more than the mathematics. Where ND4J
 * does not compute on the CPU, or an array does not lie row by row, the plain operations are used.
 */
public final class Blas {

  private static final boolean ON_CPU = Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;

  private static final int ROW_MAJOR = openblas.CblasRowMajor;
  private static final int PLAIN = openblas.CblasNoTrans;
  private static final int TRANSPOSED = openblas.CblasTrans;

  private Blas() {}

  /** result = a·b, with {@code a [m, k]}, {@code b [k, n]} and {@code result [m, n]}. */
  public static void multiply(INDArray a, INDArray b, INDArray result) {
    gemm(a, false, b, false, 0, result);
  }

  /** result ← result + a·b, with {@code a [m, k]}, {@code b [k, n]} and {@code result [m, n]}. */
  public static void addProduct(INDArray a, INDArray b, INDArray result) {
    gemm(a, false, b, false, 1, result);
  }

  /** result = aᵀ·b, with {@code a [k, m]}, {@code b [k, n]} and {@code result [m, n]}. */
  public static void multiplyTransposedLeft(INDArray a, INDArray b, INDArray result) {
    gemm(a, true, b, false, 0, result);
  }

  /** result = a·bᵀ, with {@code a [m, k]}, {@code b [n, k]} and {@code result [m, n]}. */
  public static void multiplyTransposedRight(INDArray a, INDArray b, INDArray result) {
    gemm(a, false, b, true, 0, result);
  }

  /** y ← α·x + y, for arrays of one shape. */
  public static void addScaled(double alpha, INDArray x, INDArray y) {
    blend(alpha, x, 1, y);
  }

  /** y ← α·x + β·y, for arrays of one shape. */
  public static void blend(double alpha, INDArray x, double beta, INDArray y) {
    requireSame(x, y);
    int n = Math.toIntExact(x.length());
    if (!direct(x, y)) {
      y.assign(beta == 0 ? x.mul(alpha) : y.mul(beta).addi(x.mul(alpha)));
    } else if (x.dataType() == DataType.FLOAT) {
      if (beta != 1) {
        openblas.cblas_sscal(n, (float) beta, floats(y), 1);
      }
      openblas.cblas_saxpy(n, (float) alpha, floats(x), 1, floats(y), 1);
    } else {
      if (beta != 1) {
        openblas.cblas_dscal(n, beta, doubles(y), 1);
      }
      openblas.cblas_daxpy(n, alpha, doubles(x), 1, doubles(y), 1);
    }
  }

  /** The sum of the absolute values; NaN or infinite as soon as one of them is. */
  public static double absoluteSum(INDArray x) {
    int n = Math.toIntExact(x.length());
    if (!direct(x)) {
      return x.norm1Number().doubleValue();
    }
    boolean single = x.dataType() == DataType.FLOAT;
    return single ? openblas.cblas_sasum(n, floats(x), 1) : openblas.cblas_dasum(n, doubles(x), 1);
  }

  private static void gemm(
      INDArray a,
      boolean transposeA,
      INDArray b,
      boolean transposeB,
      double beta,
      INDArray result) {
    int m = size(a, transposeA ? 1 : 0);
    int k = size(a, transposeA ? 0 : 1);
    int n = size(b, transposeB ? 0 : 1);
    if (k != size(b, transposeB ? 1 : 0) || m != size(result, 0) || n != size(result, 1)) {
      throw new IllegalArgumentException(
          "%s times %s does not give %s"
              .formatted(shape(a, transposeA), shape(b, transposeB), shape(result, false)));
    }
    int first = transposeA ? TRANSPOSED : PLAIN;
    int second = transposeB ? TRANSPOSED : PLAIN;
    int lda = size(a, 1);
    int ldb = size(b, 1);
    if (!direct(a, b, result)) {
      INDArray left = transposeA ? a.transpose() : a;
      INDArray right = transposeB ? b.transpose() : b;
      INDArray product = left.mmul(right);
      result.assign(beta == 0 ? product : product.addi(result));
    } else if (result.dataType() == DataType.FLOAT) {
      openblas.cblas_sgemm(
          ROW_MAJOR,
          first,
          second,
          m,
          n,
          k,
          1,
          floats(a),
          lda,
          floats(b),
          ldb,
          (float) beta,
          floats(result),
          n);
    } else {
      openblas.cblas_dgemm(
          ROW_MAJOR,
          first,
          second,
          m,
          n,
          k,
          1,
          doubles(a),
          lda,
          doubles(b),
          ldb,
          beta,
          doubles(result),
          n);
    }
  }

  private static boolean direct(INDArray... arrays) {
    for (INDArray array : arrays) {
      boolean number = array.dataType() == DataType.FLOAT || array.dataType() == DataType.DOUBLE;
      boolean rowByRow =
          array.rank() == 2
              && array.ordering() == 'c'
              && array.stride(0) == array.size(1)
              && array.stride(1) == 1;
      if (!ON_CPU || !number || !rowByRow || array.dataType() != arrays[0].dataType()) {
        return false;
      }
    }
    return true;
  }

  private static FloatPointer floats(INDArray array) {
    var pointer = (FloatPointer) array.data().pointer();
    return array.offset() == 0 ? pointer : pointer.getPointer(array.offset());
  }

  private static DoublePointer doubles(INDArray array) {
    var pointer = (DoublePointer) array.data().pointer();
    return array.offset() == 0 ? pointer : pointer.getPointer(array.offset());
  }

  private static int size(INDArray matrix, int dimension) {
    if (matrix.rank() != 2) {
      throw new IllegalArgumentException(
          "expected a matrix, found an array of shape " + shape(matrix, false));
    }
    return (int) matrix.size(dimension);
  }

  private static void requireSame(INDArray x, INDArray y) {
    if (!x.equalShapes(y)) {
      throw new IllegalArgumentException(
          "%s and %s are not of one shape".formatted(shape(x, false), shape(y, false)));
    }
  }

  private static String shape(INDArray array, boolean transposed) {
    return java.util.Arrays.toString((transposed ? array.transpose() : array).shape());
  }
}
