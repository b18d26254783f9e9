package journey.cnn;

import journey.nn.kernel.Blas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes matrices of one shape nearly orthogonal by Newton-Schulz iterations: with the singular
 * value decomposition U·S·Vᵀ of a matrix, it finds U·S'·Vᵀ, whose singular values S' lie roughly
 * between 0.5 and 1.5 wherever those of S are not tiny beside the largest.
 *
 * <p>X ← a·X + (b·A + c·A²)·X with A = X·Xᵀ, which needs products only. It begins with X of norm 1,
 * so no singular value is above 1. The coefficients lift small singular values as fast as they can,
 * for which they give up that the others converge to 1.
 *
 * @see <a href="https://kellerjordan.github.io/posts/muon/">Jordan et al., 2024: Muon</a>
 */
final class NewtonSchulz {

  private static final int ITERATIONS = 3;
  private static final double a = 3.4445;
  private static final double b = -4.7750;
  private static final double c = 2.0315;

  /** Keeps a matrix of zeros what it is. */
  private static final double ε = 1e-7;

  /** The products are smaller of a matrix that is wider than high. */
  private final boolean transposed;

  private final INDArray A;
  private final INDArray B;
  private INDArray X;
  private INDArray next;

  /** For matrices {@code [rows, columns]}. */
  NewtonSchulz(DataType type, long rows, long columns) {
    transposed = rows > columns;
    long m = Math.min(rows, columns);
    A = Nd4j.createUninitialized(type, m, m);
    B = Nd4j.createUninitialized(type, m, m);
    X = Nd4j.createUninitialized(type, m, Math.max(rows, columns));
    next = Nd4j.createUninitialized(type, X.shape());
  }

  /**
   * The matrix, made orthogonal.
   *
   * @return {@code [rows, columns]}, valid until the next call
   */
  INDArray of(INDArray matrix) {
    X.assign(transposed ? matrix.transpose() : matrix);
    X.divi(X.norm2Number().doubleValue() + ε);
    for (int i = 0; i < ITERATIONS; i++) {
      Blas.multiplyTransposedRight(X, X, A);
      Blas.multiply(A, A, B);
      Blas.blend(b, A, c, B);
      Blas.multiply(B, X, next);
      Blas.blend(a, X, 1, next);
      INDArray before = X;
      X = next;
      next = before;
    }
    return transposed ? X.transpose() : X;
  }
}
