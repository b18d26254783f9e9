package journey.cnn;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Filters of 2x2 that make the colours of neighbouring pixels uncorrelated and of equal variance:
 * the eigenvectors of the covariance of all patches, each divided by √(eigenvalue + 0.0005), and
 * their negatives.
 *
 * @param filters {@code [8 * channels, channels, 2, 2]}, by falling eigenvalue, then the negatives
 *     in this order
 * @see <a href="https://github.com/tysam-code/hlb-CIFAR10">Balsam, 2023: hlb-CIFAR10</a>
 */
public record Whitening(INDArray filters) {

  private static final int SIDE = 2;
  private static final int ENOUGH_PICTURES = 5000;
  private static final double EPSILON = 5e-4;

  /** The number of filters: twice the values of a patch. */
  public static int filterCount(int channels) {
    return 2 * channels * SIDE * SIDE;
  }

  /**
   * The filters that whiten the first 5,000 of these pictures.
   *
   * @param pictures {@code [examples, channels, height, width]}, standardised: their mean is taken
   *     as 0
   * @throws IllegalArgumentException if they have another shape
   */
  public static Whitening of(INDArray pictures) {
    if (pictures.rank() != 4 || pictures.size(0) == 0) {
      throw new IllegalArgumentException(
          "pictures must be of shape [examples, channels, height, width], but are of shape "
              + Arrays.toString(pictures.shape()));
    }
    var eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance(pictures)));
    long channels = pictures.size(1);
    double[][] half = new double[filterCount((int) channels) / 2][];
    for (int i = 0; i < half.length; i++) {
      double size = Math.sqrt(eigen.getRealEigenvalue(i) + EPSILON);
      half[i] = eigen.getEigenvector(i).mapDivide(size).toArray();
    }
    INDArray filters = Nd4j.createFromArray(half).reshape(half.length, channels, SIDE, SIDE);
    return new Whitening(Nd4j.concat(0, filters, filters.neg()));
  }

  /** The mean product of any two values of a patch, which are in the order of a filter's. */
  private static double[][] covariance(INDArray pictures) {
    int patch = filterCount((int) pictures.size(1)) / 2;
    double[][] sums = new double[patch][patch];
    long count = Math.min(pictures.size(0), ENOUGH_PICTURES);
    int height = (int) pictures.size(2);
    int width = (int) pictures.size(3);
    for (long i = 0; i < count; i++) {
      INDArray picture = Nd4j.toFlattened('c', pictures.get(NDArrayIndex.point(i)));
      add(picture.toFloatVector(), height, width, sums);
    }
    double patches = (double) count * (height - 1) * (width - 1);
    for (int a = 0; a < patch; a++) {
      for (int b = 0; b <= a; b++) {
        sums[a][b] /= patches;
        sums[b][a] = sums[a][b];
      }
    }
    return sums;
  }

  private static void add(float[] picture, int height, int width, double[][] sums) {
    double[] patch = new double[sums.length];
    for (int y = 0; y + 1 < height; y++) {
      for (int x = 0; x + 1 < width; x++) {
        for (int i = 0; i < patch.length; i++) {
          int row = (i / (SIDE * SIDE)) * height + y + i / SIDE % SIDE;
          patch[i] = picture[row * width + x + i % SIDE];
        }
        for (int a = 0; a < patch.length; a++) {
          for (int b = 0; b <= a; b++) {
            sums[a][b] += patch[a] * patch[b];
          }
        }
      }
    }
  }
}
