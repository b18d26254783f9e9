package journey.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * A picture in grey under the colours of a map: red where the map is positive, blue where it is
 * negative, and stronger where it is larger.
 */
public final class HeatOverlay {

  private static final double STRONGEST = 0.85;

  private final BufferedImage picture;
  private final double[][] heat;
  private final double end;

  private HeatOverlay(BufferedImage picture, double[][] heat, double end) {
    this.picture = picture;
    this.heat = heat;
    this.end = end;
  }

  /**
   * A map over a picture.
   *
   * @param heat a row of numbers for each row of pixels
   * @param end the size at which a colour is strongest, above 0
   * @throws IllegalArgumentException if the map is not as large as the picture, or {@code end} is
   *     not positive
   */
  public static HeatOverlay of(BufferedImage picture, double[][] heat, double end) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    boolean fits =
        heat.length == height && Arrays.stream(heat).allMatch(row -> row.length == width);
    if (!fits || !(end > 0)) {
      throw new IllegalArgumentException(
          "a picture of %dx%d needs %d rows of %d numbers and an end above 0, but there are %d rows, and the end is %s"
              .formatted(width, height, height, width, heat.length, end));
    }
    return new HeatOverlay(picture, heat, end);
  }

  /** The picture in the map's colours. */
  public BufferedImage draw() {
    int width = picture.getWidth();
    int height = picture.getHeight();
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double t = Math.max(-1, Math.min(1, heat[y][x] / end));
        Color colour = ColourScale.diverging(Math.signum(t));
        Color grey = grey(new Color(picture.getRGB(x, y)));
        image.setRGB(x, y, ColourScale.between(grey, colour, STRONGEST * Math.abs(t)).getRGB());
      }
    }
    return image;
  }

  private static Color grey(Color colour) {
    int level =
        (int)
            Math.round(
                0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue());
    return new Color(level, level, level);
  }
}
