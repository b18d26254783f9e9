package journey.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What the filters of a first convolution look for: the kernel of each, enlarged. Over three
 * channels, grey is zero and a colour what the filter looks for. Over one channel, blue is
 * negative, white zero and red positive. Each filter has its own scale, which ends at its largest
 * weight.
 */
public final class FilterPicture {

  private static final int TILE = 40;

  private final INDArray filters;
  private int columns = 16;

  private FilterPicture(INDArray filters) {
    this.filters = filters;
  }

  /**
   * The filters of a convolution.
   *
   * @param weights of shape {@code [filters, channels, height, width]}, of one or three channels
   * @throws IllegalArgumentException if the shape is another, or a weight is not finite
   */
  public static FilterPicture of(INDArray weights) {
    if (weights.rank() != 4 || weights.size(1) != 1 && weights.size(1) != 3) {
      throw new IllegalArgumentException(
          "filters must be of shape [filters, 1 or 3, height, width], but are of shape %s"
              .formatted(Arrays.toString(weights.shape())));
    }
    if (!Double.isFinite(weights.sumNumber().doubleValue())) {
      throw new IllegalArgumentException(
          "a weight is NaN or infinite. The training has diverged: try a smaller learning rate");
    }
    return new FilterPicture(weights.castTo(DataType.DOUBLE));
  }

  /**
   * How many filters stand in a row; sixteen unless told otherwise.
   *
   * @return this picture
   */
  public FilterPicture columns(int columns) {
    this.columns = columns;
    return this;
  }

  /** The filters in rows, in their order. */
  public BufferedImage draw() {
    List<BufferedImage> tiles =
        IntStream.range(0, (int) filters.size(0)).mapToObj(i -> tile(filters.slice(i))).toList();
    int longest = (int) Math.max(filters.size(2), filters.size(3));
    return ImageGrid.of(tiles).columns(columns).scale(Math.max(1, TILE / longest)).draw();
  }

  private static BufferedImage tile(INDArray filter) {
    double largest = filter.amaxNumber().doubleValue();
    INDArray scaled = largest > 0 ? filter.div(largest) : filter;
    int height = (int) filter.size(1);
    int width = (int) filter.size(2);
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colour(scaled, y, x).getRGB());
      }
    }
    return image;
  }

  private static Color colour(INDArray filter, int y, int x) {
    return filter.size(0) == 1
        ? ColourScale.diverging(filter.getDouble(0, y, x))
        : new Color(
            level(filter.getDouble(0, y, x)),
            level(filter.getDouble(1, y, x)),
            level(filter.getDouble(2, y, x)));
  }

  private static int level(double weight) {
    return (int) Math.round(127.5 * (1 + weight));
  }
}
