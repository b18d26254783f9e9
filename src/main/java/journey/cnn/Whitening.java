package journey.cnn;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Filters of 2x2 that make the neighbouring pixels' colours uncorrelated and of equal size: the
 * eigenvectors of the covariance of all patches, each divided by √(eigenvalue + 0.0005), and their
 * negatives.
 *
 * @param filters {@code [24, 3, 2, 2]}, by falling eigenvalue, then the negatives in this order
 * @see <a href="https://github.com/tysam-code/hlb-CIFAR10">Balsam, 2023: hlb-CIFAR10</a>
 */
public record Whitening(INDArray filters) {

  /** The number of filters: twice the 12 values of a patch. */
  public static final int FILTERS = 24;

  private static final int CHANNELS = 3;
  private static final int SIDE = 2;
  private static final int PATCH = CHANNELS * SIDE * SIDE;
  private static final int ENOUGH_PICTURES = 5000;
  private static final double EPSILON = 5e-4;

  /**
   * Whitens the first 5,000 of these pictures.
   *
   * @param pictures {@code [examples, 3, height, width]}, standardised: their mean counts as 0
   * @throws IllegalArgumentException if they have another shape
   */
  public static Whitening of(INDArray pictures) {
    if (pictures.rank() != 4 || pictures.size(0) == 0 || pictures.size(1) != CHANNELS) {
      throw new IllegalArgumentException(
          "Pictures must be [examples, 3, height, width], but they are "
              + pictures.shapeInfoToString());
    }
    var eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance(pictures)));
    double[][] half = new double[PATCH][];
    for (int i = 0; i < PATCH; i++) {
      double size = Math.sqrt(eigen.getRealEigenvalue(i) + EPSILON);
      half[i] = eigen.getEigenvector(i).mapDivide(size).toArray();
    }
    INDArray filters = Nd4j.createFromArray(half).reshape(PATCH, CHANNELS, SIDE, SIDE);
    return new Whitening(Nd4j.concat(0, filters, filters.neg()));
  }

  /** The mean of products of each two of a patch's values, in the order of a filter's. */
  private static double[][] covariance(INDArray pictures) {
    double[][] sums = new double[PATCH][PATCH];
    long count = Math.min(pictures.size(0), ENOUGH_PICTURES);
    int height = (int) pictures.size(2);
    int width = (int) pictures.size(3);
    for (long i = 0; i < count; i++) {
      INDArray picture = pictures.get(NDArrayIndex.point(i)).reshape('c', -1);
      add(picture.toFloatVector(), height, width, sums);
    }
    double patches = (double) count * (height - 1) * (width - 1);
    for (int a = 0; a < PATCH; a++) {
      for (int b = 0; b <= a; b++) {
        sums[a][b] /= patches;
        sums[b][a] = sums[a][b];
      }
    }
    return sums;
  }

  private static void add(float[] picture, int height, int width, double[][] sums) {
    double[] patch = new double[PATCH];
    for (int y = 0; y + 1 < height; y++) {
      for (int x = 0; x + 1 < width; x++) {
        for (int i = 0; i < PATCH; i++) {
          int row = (i / (SIDE * SIDE)) * height + y + i / SIDE % SIDE;
          patch[i] = picture[row * width + x + i % SIDE];
        }
        for (int a = 0; a < PATCH; a++) {
          for (int b = 0; b <= a; b++) {
            sums[a][b] += patch[a] * patch[b];
          }
        }
      }
    }
  }
}
