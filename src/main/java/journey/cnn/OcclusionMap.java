package journey.cnn;

import java.util.Arrays;
import journey.engine.GraphRunner;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Which parts of a picture a network's prediction depends on: a square slides over the picture and
 * blanks what it covers, and the class's probability falls where something mattered.
 *
 * @param probability of the class, for the whole picture
 * @param drop for each row and column of pixels, the average fall of the probability when a square
 *     covers that pixel; negative where it rises
 * @see <a href="https://arxiv.org/abs/1311.2901">M. Zeiler, R. Fergus, Visualizing and
 *     Understanding Convolutional Networks, ECCV 2014</a>, section 4.2
 */
public record OcclusionMap(double probability, double[][] drop) {

  private static final int AT_ONCE = 128;

  /**
   * Runs the network on the picture and on each way to cover it.
   *
   * @param picture of shape {@code [1, channels, height, width]}, standardised, so that 0 is the
   *     mean colour
   * @param classNumber the class in question
   * @param side the square's, in pixels
   * @param stride the number of pixels between one place of the square and the next
   * @throws IllegalArgumentException if the picture has another rank, there is no such class, the
   *     square does not fit into the picture, or the stride is not from 1 to the side
   */
  public static OcclusionMap of(
      GraphRunner runner, INDArray picture, int classNumber, int side, int stride) {
    if (picture.rank() != 4 || picture.size(0) != 1) {
      throw new IllegalArgumentException(
          "the picture must be of shape [1, channels, height, width], but is of shape %s"
              .formatted(Arrays.toString(picture.shape())));
    }
    int height = (int) picture.size(2);
    int width = (int) picture.size(3);
    if (side < 1 || side > Math.min(height, width) || stride < 1 || stride > side) {
      throw new IllegalArgumentException(
          "a square of side %d moved by %d does not cover a picture of %dx%d"
              .formatted(side, stride, height, width));
    }
    INDArray answer = runner.output(picture);
    // ND4J counts negative ones from the end.
    if (classNumber < 0 || classNumber >= answer.columns()) {
      throw new IllegalArgumentException(
          "there are the classes 0 to %d, but class %d was asked for"
              .formatted(answer.columns() - 1, classNumber));
    }
    double whole = answer.getDouble(0, classNumber);
    int[] tops = places(height, side, stride);
    int[] lefts = places(width, side, stride);
    double[] covered = probabilities(runner, picture, classNumber, side, tops, lefts);
    double[][] sum = new double[height][width];
    int[][] count = new int[height][width];
    for (int i = 0; i < covered.length; i++) {
      int top = tops[i / lefts.length];
      int left = lefts[i % lefts.length];
      for (int y = top; y < top + side; y++) {
        for (int x = left; x < left + side; x++) {
          sum[y][x] += whole - covered[i];
          count[y][x]++;
        }
      }
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        sum[y][x] /= count[y][x];
      }
    }
    return new OcclusionMap(whole, sum);
  }

  /** The largest drop or rise. */
  public double largest() {
    return Arrays.stream(drop).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
  }

  /** Where the square begins; the last one is flush with the edge. */
  private static int[] places(int length, int side, int stride) {
    int steps = (length - side + stride - 1) / stride;
    int[] places = new int[steps + 1];
    Arrays.setAll(places, i -> Math.min(i * stride, length - side));
    return places;
  }

  private static double[] probabilities(
      GraphRunner runner, INDArray picture, int classNumber, int side, int[] tops, int[] lefts) {
    double[] result = new double[tops.length * lefts.length];
    for (int first = 0; first < result.length; first += AT_ONCE) {
      int count = Math.min(AT_ONCE, result.length - first);
      INDArray batch = Nd4j.repeat(picture, count).reshape(shape(picture, count));
      for (int i = 0; i < count; i++) {
        int top = tops[(first + i) / lefts.length];
        int left = lefts[(first + i) % lefts.length];
        batch
            .get(
                NDArrayIndex.point(i),
                NDArrayIndex.all(),
                NDArrayIndex.interval(top, top + side),
                NDArrayIndex.interval(left, left + side))
            .assign(0);
      }
      INDArray output = runner.output(batch);
      for (int i = 0; i < count; i++) {
        result[first + i] = output.getDouble(i, classNumber);
      }
    }
    return result;
  }

  private static long[] shape(INDArray picture, int count) {
    long[] shape = picture.shape().clone();
    shape[0] = count;
    return shape;
  }
}
