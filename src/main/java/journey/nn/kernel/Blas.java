package journey.nn.kernel;

import java.util.Arrays;
import journey.memory.MainMemory;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The few matrix operations that dominate a network's running time, into preallocated arrays.
 *
 * <p>All of this could be written with {@code mmul}, {@code addRowVector} and {@code sum}. But ND4J
 * reorders the operands and allocates at every call, which for the small matrices of a mini-batch
 * costs more than the mathematics. So oneDNN computes float32 products in main memory, or OpenBLAS
 * where there is no oneDNN. oneDNN shares its threads with ND4J; OpenBLAS has threads of its own,
 * and the two would take the cores from each other. A small product needs no second thread, and
 * OpenBLAS wakes none. Everything else, such as double precision, is left to the plain operations.
 */
public final class Blas {

  private static final boolean ONE_DNN = loads(dnnl.class);

  /** Up to this many multiplications, OpenBLAS computes a product on the calling thread. */
  private static final long SMALL = 1 << 18;

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
    requireSame(x, y);
    Nd4j.getExecutioner().exec(new Axpy(x, y, y, alpha));
  }

  /** y ← α·x + β·y, for arrays of one shape. */
  public static void blend(double alpha, INDArray x, double beta, INDArray y) {
    requireSame(x, y);
    if (Chunks.fit(y, x)) {
      Chunks.forEach(1, (c, n) -> blend((float) alpha, c[1], (float) beta, c[0], n), y, x);
    } else {
      y.assign(beta == 0 ? x.mul(alpha) : y.mul(beta).addi(x.mul(alpha)));
    }
  }

  private static void blend(float alpha, float[] x, float beta, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = beta == 0 ? alpha * x[i] : alpha * x[i] + beta * y[i];
    }
  }

  /** The sum of the absolute values; NaN or infinite as soon as one of them is. */
  public static double absoluteSum(INDArray x) {
    if (!Chunks.fit(x)) {
      return x.norm1Number().doubleValue();
    }
    double sum = openblas.cblas_sasum(Math.toIntExact(x.length()), MainMemory.floats(x), 1);
    MainMemory.keep(x);
    return sum;
  }

  private static void gemm(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, float beta, INDArray result) {
    int m = size(a, transposeA ? 1 : 0);
    int k = size(a, transposeA ? 0 : 1);
    int n = size(b, transposeB ? 0 : 1);
    if (k != size(b, transposeB ? 1 : 0) || m != size(result, 0) || n != size(result, 1)) {
      throw new IllegalArgumentException(
          "%s times %s does not give %s"
              .formatted(shape(a, transposeA), shape(b, transposeB), shape(result, false)));
    }
    if (!direct(a, b, result)) {
      INDArray product = (transposeA ? a.transpose() : a).mmul(transposeB ? b.transpose() : b);
      result.assign(beta == 0 ? product : product.addi(result));
      return;
    }
    var A = MainMemory.floats(a);
    var B = MainMemory.floats(b);
    var C = MainMemory.floats(result);
    int lda = size(a, 1);
    int ldb = size(b, 1);
    if (ONE_DNN && (long) m * n * k > SMALL) {
      byte opA = (byte) (transposeA ? 'T' : 'N');
      byte opB = (byte) (transposeB ? 'T' : 'N');
      int status = dnnl.dnnl_sgemm(opA, opB, m, n, k, 1, A, lda, B, ldb, beta, C, n);
      if (status != dnnl.dnnl_success) {
        throw new IllegalStateException(
            "oneDNN could not multiply %s by %s: it returned status %d"
                .formatted(shape(a, transposeA), shape(b, transposeB), status));
      }
    } else {
      int opA = transposeA ? openblas.CblasTrans : openblas.CblasNoTrans;
      int opB = transposeB ? openblas.CblasTrans : openblas.CblasNoTrans;
      openblas.cblas_sgemm(
          openblas.CblasRowMajor, opA, opB, m, n, k, 1, A, lda, B, ldb, beta, C, n);
    }
    MainMemory.keep(a, b, result);
  }

  private static boolean loads(Class<?> library) {
    try {
      return Loader.load(library) != null;
    } catch (LinkageError e) {
      return false;
    }
  }

  private static boolean direct(INDArray... arrays) {
    return Arrays.stream(arrays)
        .allMatch(each -> each.dataType() == DataType.FLOAT && MainMemory.holds(each));
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
    return Arrays.toString((transposed ? array.transpose() : array).shape());
  }
}
