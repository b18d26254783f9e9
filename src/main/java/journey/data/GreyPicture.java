package journey.data;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * A grey picture of any width and height.
 *
 * @param values row by row, from 0, black, to 255, white
 */
record GreyPicture(int width, int height, int[] values) {

  /** The picture of a function of column and row. */
  static GreyPicture of(int width, int height, IntBinaryOperator value) {
    int[] values = new int[width * height];
    Arrays.setAll(values, p -> value.applyAsInt(p % width, p / width));
    return new GreyPicture(width, height, values);
  }

  /** A picture whose red, green and blue are equal. */
  static GreyPicture of(BufferedImage picture) {
    return of(picture.getWidth(), picture.getHeight(), (x, y) -> picture.getRGB(x, y) & 0xFF);
  }

  int at(int x, int y) {
    return values[y * width + x];
  }

  /** Whether a place lies in the picture. */
  boolean holds(int x, int y) {
    return x >= 0 && x < width && y >= 0 && y < height;
  }

  /** The same in RGB. Java would take a picture of the type GRAY for linear light. */
  BufferedImage image() {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < values.length; p++) {
      image.setRGB(p % width, p / width, 0x010101 * values[p]);
    }
    return image;
  }
}
