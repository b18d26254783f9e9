package journey.nn.kernel;

import java.util.Arrays;
import journey.memory.MainMemory;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The few matrix operations that dominate a network's running time, into preallocated arrays.
 *
 * <p>A result must not share memory with what it is computed from; only in a sum of each element
 * may an array be added to itself. Else, as with shapes and types that do not fit, there is an
 * {@link IllegalArgumentException}, and nothing has been changed.
 *
 * <p>All of this could be written with {@code mmul}, {@code addiRowVector} and {@code sum}. But
 * ND4J reorders the operands and allocates at every call, which for the small matrices of a
 * mini-batch costs more than the mathematics. So float32 in main memory is computed here, and
 * everything else, such as double precision, is left to the plain operations.
 *
 * <p>Which library multiplies is decided here alone. oneDNN does, or OpenBLAS where there is no
 * oneDNN: oneDNN shares its threads with ND4J, OpenBLAS has threads of its own, and the two would
 * take the cores from each other. In the course of a training step, two cores of an Intel Xeon
 * (family 6, model 207, AVX-512) take for x·W, 64x3072 by 3072x64, 229 microseconds with oneDNN's
 * sgemm, 175 with a kernel that it compiles for the shape ({@link AffineMap}, AVX-512 only), and
 * 329 with OpenBLAS 0.3.19; for xᵀ·δ, 162 and 284 with OpenBLAS. Held to AVX2, they take 299 and
 * 445, and 266 and 447. A small product needs no second thread, and OpenBLAS wakes none.
 */
public final class Blas {

  private static final boolean ONE_DNN = loads(dnnl.class);

  private static final boolean COMPILES = ONE_DNN && AffineMap.compiles();

  /** Up to this many multiplications, OpenBLAS computes a product on the calling thread. */
  private static final long SMALL = 1 << 18;

  /** Up to this many elements, OpenBLAS adds up on the calling thread. */
  private static final int ONE_THREADS_SUM = 65_536;

  /** From this many elements on, ND4J computes a sum by all threads. */
  private static final int WORTH_ALL_THREADS = 16_384;

  private Blas() {}

  /** result = a·b, with {@code a [m, k]}, {@code b [k, n]} and {@code result [m, n]}. */
  public static void multiply(INDArray a, INDArray b, INDArray result) {
    gemm(a, false, b, false, result);
  }

  /**
   * z = x·W + b, with {@code x [batch, inputs]}, {@code W [inputs, outputs]}, {@code b [1,
   * outputs]} and {@code z [batch, outputs]}. What is not finite in z is NaN: of a sum that is
   * infinite, an activation would make a 0 or a 1 that looks like any other.
   */
  public static void affine(INDArray x, INDArray W, INDArray b, INDArray z) {
    requireRow(b, z);
    requireProduct(x, false, W, false, z);
    if (COMPILES && large(x.size(0), x.size(1), W.size(1)) && direct(x, W, z) && Chunks.holds(b)) {
      AffineMap.of(size(x, 0), size(x, 1), size(W, 1))
          .compute(
              MainMemory.floats(x),
              MainMemory.floats(W),
              MainMemory.floats(b),
              MainMemory.floats(z));
      MainMemory.keep(x, W, b, z);
    } else {
      multiply(x, W, z);
      addToRows(b, z);
    }
    if (NotFinite.suspected(z)) {
      z.addi(z.mul(0)); // ∞·0 is NaN
    }
  }

  /** result = aᵀ·b, with {@code a [k, m]}, {@code b [k, n]} and {@code result [m, n]}. */
  public static void multiplyTransposedLeft(INDArray a, INDArray b, INDArray result) {
    gemm(a, true, b, false, result);
  }

  /** result = a·bᵀ, with {@code a [m, k]}, {@code b [n, k]} and {@code result [m, n]}. */
  public static void multiplyTransposedRight(INDArray a, INDArray b, INDArray result) {
    gemm(a, false, b, true, result);
  }

  /** y ← α·x + y, for arrays of one shape and type. */
  public static void addScaled(double alpha, INDArray x, INDArray y) {
    requireFinite(alpha);
    Shapes.requireElementwise(x, y);
    if (x.length() < WORTH_ALL_THREADS && Chunks.fit(y, x)) {
      Chunks.forEach(1, (c, n) -> addScaled((float) alpha, c[1], c[0], n), y, x);
    } else {
      Nd4j.getExecutioner().exec(new Axpy(x, y, y, alpha));
    }
  }

  private static void addScaled(float alpha, float[] x, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += alpha * x[i];
    }
  }

  /** Adds a row {@code [1, columns]} to each row of {@code y [rows, columns]}. */
  public static void addToRows(INDArray row, INDArray y) {
    requireRow(row, y);
    if (Chunks.fit(y) && Chunks.fit(row)) {
      float[] addend = elements(row);
      Chunks.forRows(1, (c, n) -> addToRows(addend, c[0], n), y);
    } else {
      y.addiRowVector(row);
    }
  }

  private static void addToRows(float[] row, float[] y, int n) {
    for (int start = 0; start < n; start += row.length) {
      for (int i = 0; i < row.length; i++) {
        y[start + i] += row[i];
      }
    }
  }

  /** row = the sum of the rows of {@code x [rows, columns]}, {@code [1, columns]}. */
  public static void sumRows(INDArray x, INDArray row) {
    requireRow(row, x);
    if (Chunks.fit(x) && Chunks.fit(row)) {
      float[] sums = new float[x.columns()];
      Chunks.forRowsInOrder((c, n) -> addRows(c[0], sums, n), x);
      MainMemory.buffer(row).put(sums);
      MainMemory.keep(row);
    } else {
      row.assign(x.sum(true, 0));
    }
  }

  private static void addRows(float[] x, float[] sums, int n) {
    for (int start = 0; start < n; start += sums.length) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += x[start + i];
      }
    }
  }

  private static float[] elements(INDArray array) {
    float[] elements = new float[Math.toIntExact(array.length())];
    MainMemory.buffer(array).get(elements);
    MainMemory.keep(array);
    return elements;
  }

  /** y ← α·x + β·y, for arrays of one shape and type. */
  public static void blend(double alpha, INDArray x, double beta, INDArray y) {
    requireFinite(alpha);
    requireFinite(beta);
    Shapes.requireElementwise(x, y);
    if (Chunks.fit(y, x)) {
      Chunks.forEach(1, (c, n) -> blend((float) alpha, c[1], (float) beta, c[0], n), y, x);
    } else {
      y.assign(beta == 0 ? x.mul(alpha) : y.mul(beta).addi(x.mul(alpha)));
    }
  }

  private static void blend(float alpha, float[] x, float beta, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      y[i] = beta == 0 ? alpha * x[i] : Chunks.flushed(alpha * x[i] + beta * y[i]);
    }
  }

  /** The sum of the absolute values; NaN or infinite as soon as one of them is. */
  public static double absoluteSum(INDArray x) {
    if (!Chunks.fit(x)) {
      return x.norm1Number().doubleValue();
    }
    var all = MainMemory.floats(x);
    double sum = 0;
    for (long at = 0; at < x.length(); at += ONE_THREADS_SUM) {
      int n = (int) Math.min(ONE_THREADS_SUM, x.length() - at);
      sum += openblas.cblas_sasum(n, all.position(at), 1);
    }
    MainMemory.keep(x);
    return sum;
  }

  private static void gemm(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray result) {
    requireProduct(a, transposeA, b, transposeB, result);
    if (!direct(a, b, result)) {
      result.assign((transposeA ? a.transpose() : a).mmul(transposeB ? b.transpose() : b));
      return;
    }
    int m = size(result, 0);
    int n = size(result, 1);
    int k = size(a, transposeA ? 0 : 1);
    var A = MainMemory.floats(a);
    var B = MainMemory.floats(b);
    var C = MainMemory.floats(result);
    int lda = size(a, 1);
    int ldb = size(b, 1);
    if (ONE_DNN && large(m, k, n)) {
      byte opA = (byte) (transposeA ? 'T' : 'N');
      byte opB = (byte) (transposeB ? 'T' : 'N');
      int status = dnnl.dnnl_sgemm(opA, opB, m, n, k, 1, A, lda, B, ldb, 0, C, n);
      if (status != dnnl.dnnl_success) {
        throw new IllegalStateException(
            "oneDNN could not multiply %s by %s: it returned status %d"
                .formatted(shape(a, transposeA), shape(b, transposeB), status));
      }
    } else {
      int opA = transposeA ? openblas.CblasTrans : openblas.CblasNoTrans;
      int opB = transposeB ? openblas.CblasTrans : openblas.CblasNoTrans;
      openblas.cblas_sgemm(openblas.CblasRowMajor, opA, opB, m, n, k, 1, A, lda, B, ldb, 0, C, n);
    }
    MainMemory.keep(a, b, result);
  }

  private static void requireProduct(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray result) {
    if (size(a, transposeA ? 0 : 1) != size(b, transposeB ? 1 : 0)
        || size(a, transposeA ? 1 : 0) != size(result, 0)
        || size(b, transposeB ? 0 : 1) != size(result, 1)) {
      throw new IllegalArgumentException(
          "%s times %s does not give %s"
              .formatted(shape(a, transposeA), shape(b, transposeB), shape(result, false)));
    }
    Shapes.requireFractions(a, b, result);
    MainMemory.requireApart(result, a);
    MainMemory.requireApart(result, b);
  }

  private static boolean large(long m, long k, long n) {
    return m * k * n > SMALL;
  }

  private static boolean loads(Class<?> library) {
    try {
      return Loader.load(library) != null;
    } catch (LinkageError e) {
      return false;
    }
  }

  private static boolean direct(INDArray a, INDArray b, INDArray result) {
    return Chunks.holds(a) && Chunks.holds(b) && Chunks.holds(result);
  }

  private static int size(INDArray matrix, int dimension) {
    if (matrix.rank() != 2 || matrix.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a matrix of at least one row and one column, found an array of shape "
              + shape(matrix, false));
    }
    return Math.toIntExact(matrix.size(dimension));
  }

  private static void requireRow(INDArray row, INDArray matrix) {
    if (size(row, 0) != 1 || size(row, 1) != size(matrix, 1)) {
      throw new IllegalArgumentException(
          "%s is not a row of %s".formatted(shape(row, false), shape(matrix, false)));
    }
    Shapes.requireFractions(row, matrix);
    MainMemory.requireApart(row, matrix);
  }

  /** A factor that float32 cannot hold would make everything it meets infinite or NaN. */
  private static void requireFinite(double factor) {
    if (!Float.isFinite((float) factor)) {
      throw new IllegalArgumentException(
          "expected a factor that is a finite float32 number, but it is " + factor);
    }
  }

  private static String shape(INDArray array, boolean transposed) {
    return Arrays.toString((transposed ? array.transpose() : array).shape());
  }
}
