package journey.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The feature maps of one picture in the layers of a convolutional network: for each layer a row of
 * its channels, the one with the strongest activations first. The darker, the stronger; white is a
 * channel's smallest activation, or 0 if that is larger. All maps are drawn at the same size,
 * however few pixels they have.
 *
 * <pre>{@code
 * FeatureMapPicture.of(10).row("block 1", maps).row("block 2", others).draw()
 * }</pre>
 */
public final class FeatureMapPicture {

  private static final int TILE = 64;
  private static final Color STRONGEST = new Color(0x084594);

  private final int channels;
  private final List<String> names = new ArrayList<>();
  private final List<BufferedImage> tiles = new ArrayList<>();

  private FeatureMapPicture(int channels) {
    this.channels = channels;
  }

  /**
   * A picture without rows.
   *
   * @param channels the number of channels in a row; ten fit into a notebook's column
   */
  public static FeatureMapPicture of(int channels) {
    return new FeatureMapPicture(channels);
  }

  /**
   * Adds a layer.
   *
   * @param name the title to the left of its row
   * @param maps of shape {@code [channels, height, width]}
   * @return this picture
   * @throws IllegalArgumentException if the shape is another, or there are fewer channels than a
   *     row shows
   */
  public FeatureMapPicture row(String name, INDArray maps) {
    if (maps.rank() != 3 || maps.size(0) < channels) {
      throw new IllegalArgumentException(
          "the maps of \"%s\" must be of shape [%d or more, height, width], but are of shape %s"
              .formatted(name, channels, Arrays.toString(maps.shape())));
    }
    names.add(name);
    INDArray exact = maps.castTo(DataType.DOUBLE);
    IntStream.range(0, (int) maps.size(0))
        .boxed()
        .sorted(Comparator.comparingDouble(c -> -strength(exact.slice(c))))
        .limit(channels)
        .forEach(c -> tiles.add(image(exact.slice(c), TILE, TILE)));
    return this;
  }

  /**
   * The rows, one below the other.
   *
   * @throws IllegalStateException if there is no row
   */
  public BufferedImage draw() {
    return ImageGrid.of(tiles).columns(channels).scale(1).rowTitles(names).draw();
  }

  /** The range of a channel over the picture: one that is the same everywhere says nothing. */
  private static double strength(INDArray map) {
    return map.maxNumber().doubleValue() - map.minNumber().doubleValue();
  }

  /**
   * One map, a pixel for each of its numbers.
   *
   * @param map of shape {@code [height, width]}
   * @throws IllegalArgumentException if the shape is another
   */
  public static BufferedImage map(INDArray map) {
    if (map.rank() != 2) {
      throw new IllegalArgumentException(
          "a map must be of shape [height, width], but is of shape %s"
              .formatted(Arrays.toString(map.shape())));
    }
    return image(map, (int) map.size(1), (int) map.size(0));
  }

  private static BufferedImage image(INDArray map, int width, int height) {
    double low = Math.max(0, map.minNumber().doubleValue());
    double range = map.maxNumber().doubleValue() - low;
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double value = map.getDouble(y * map.size(0) / height, x * map.size(1) / width);
        double share = range > 0 ? (value - low) / range : 0;
        image.setRGB(x, y, ColourScale.between(Theme.BACKGROUND, STRONGEST, share).getRGB());
      }
    }
    return image;
  }
}
