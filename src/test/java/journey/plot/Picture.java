package journey.plot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** What a test can see in a picture. */
record Picture(BufferedImage image) {

  /** A notebook's figure is no wider than a page, and small enough to be committed. */
  static void assertFits(BufferedImage image) {
    assertTrue(image.getWidth() <= Theme.WIDTH, image.getWidth() + " pixels");
    int bytes = new Picture(image).pngBytes();
    assertTrue(bytes < 100_000, bytes + " bytes");
  }

  int count(Color colour) {
    return IntStream.range(0, image.getWidth()).map(x -> countInColumn(x, colour)).sum();
  }

  int countInColumn(int x, Color colour) {
    return (int)
        IntStream.range(0, image.getHeight())
            .filter(y -> image.getRGB(x, y) == colour.getRGB())
            .count();
  }

  /** The mean column of a colour's pixels. */
  double middle(Color colour) {
    IntUnaryOperator pixels = x -> countInColumn(x, colour);
    double weighted =
        IntStream.range(0, image.getWidth())
            .mapToDouble(x -> (double) x * pixels.applyAsInt(x))
            .sum();
    return weighted / count(colour);
  }

  /** The last column that holds a pixel of a colour. */
  int rightmost(Color colour) {
    return IntStream.range(0, image.getWidth())
        .filter(x -> countInColumn(x, colour) > 0)
        .max()
        .orElseThrow();
  }

  /** The last column that is not white nearly from top to bottom, such as a grid line. */
  int rightmostLine() {
    return IntStream.range(0, image.getWidth())
        .filter(x -> countInColumn(x, Color.WHITE) < image.getHeight() / 4)
        .max()
        .orElseThrow();
  }

  /** What lies between these corners. */
  Picture part(int left, int top, int right, int bottom) {
    return new Picture(image.getSubimage(left, top, right - left, bottom - top));
  }

  long colours() {
    return IntStream.range(0, image.getWidth() * image.getHeight())
        .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
        .distinct()
        .count();
  }

  int pngBytes() {
    var png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return png.size();
  }
}
