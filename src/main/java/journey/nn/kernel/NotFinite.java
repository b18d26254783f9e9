package journey.nn.kernel;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Looks for NaN and infinity in arrays. */
public final class NotFinite {

  private NotFinite() {}

  /**
   * Whether an array may hold a number that is not finite. This costs next to nothing, but sums of
   * very large numbers raise a false alarm, which {@link #find} settles.
   */
  public static boolean suspected(INDArray... arrays) {
    double sum = 0;
    for (INDArray array : arrays) {
      sum += Blas.absoluteSum(array);
    }
    return !Double.isFinite(sum);
  }

  /** The first number in the matrix that is not finite: {@code NaN at row 4, column 1}. */
  public static Optional<String> find(INDArray matrix) {
    if (!suspected(matrix)) {
      return Optional.empty();
    }
    for (int row = 0; row < matrix.rows(); row++) {
      for (int column = 0; column < matrix.columns(); column++) {
        double value = matrix.getDouble(row, column);
        if (!Double.isFinite(value)) {
          return Optional.of("%s at row %d, column %d".formatted(value, row, column));
        }
      }
    }
    return Optional.empty();
  }
}
