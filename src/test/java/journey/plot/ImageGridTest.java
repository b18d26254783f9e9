package journey.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import journey.data.Cifar10;
import journey.data.ImageShape;
import journey.data.LabeledImages;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ImageGridTest {

  private static final int GAP = 8;

  @Test
  void everyPixelBecomesASquare() {
    LabeledImages images = images(3);
    BufferedImage grid = ImageGrid.of(images).captions(i -> "").scale(3).columns(2).draw();
    for (int i = 0; i < 3; i++) {
      int left = GAP + i % 2 * (96 + GAP);
      int top = GAP + i / 2 * (96 + GAP);
      for (int p = 0; p < 96 * 96; p++) {
        int x = p % 96;
        int y = p / 96;
        assertEquals(images.picture(i).getRGB(x / 3, y / 3), grid.getRGB(left + x, top + y));
      }
    }
  }

  @Test
  void coloursAsANetworkGetsThemAreThoseOfThePicture() {
    LabeledImages images = images(2);
    INDArray colours = images.toFloat().reshape(images.shape().batch(2));
    BufferedImage grid = ImageGrid.of(colours).scale(1).columns(2).draw();
    for (int i = 0; i < 2; i++) {
      for (int p = 0; p < 32 * 32; p++) {
        int rgb = grid.getRGB(GAP + i * (32 + GAP) + p % 32, GAP + p / 32);
        assertEquals(images.picture(i).getRGB(p % 32, p / 32), rgb);
      }
    }
    INDArray bright = colours.add(5);
    assertEquals(0xFFFFFFFF, ImageGrid.of(bright).draw().getRGB(GAP + 9, GAP + 9));
    assertThrows(IllegalArgumentException.class, () -> ImageGrid.of(colours.slice(0)));
  }

  @Test
  void aCellIsAsWideAsItsCaption() {
    BufferedImage narrow = ImageGrid.of(images(2)).draw();
    BufferedImage wide = ImageGrid.of(images(2)).captions(i -> "a long caption\nb").draw();
    assertTrue(wide.getWidth() > narrow.getWidth() + 20);
    assertTrue(wide.getHeight() > narrow.getHeight());
  }

  @Test
  void titlesHaveTheirOwnRoom() {
    BufferedImage plain = ImageGrid.of(images(4)).columns(2).draw();
    BufferedImage titled =
        ImageGrid.of(images(4))
            .columns(2)
            .title("four")
            .columnTitles(List.of("a", "b"))
            .rowTitles(List.of("one", "two"))
            .draw();
    assertTrue(titled.getWidth() > plain.getWidth());
    assertEquals(plain.getHeight() + 44, titled.getHeight());
  }

  @Test
  void fewPicturesKeepTheirColoursManyShare256() {
    assertTrue(new Picture(ImageGrid.of(images(24)).draw()).colours() > 1_000);
    assertTrue(new Picture(ImageGrid.of(images(50)).draw()).colours() <= 256);
    LabeledImages large = images(new ImageShape(3, 64), 20);
    assertTrue(new Picture(ImageGrid.of(large).draw()).colours() <= 256);
  }

  @Test
  void refusesNothingToDraw() {
    assertThrows(IllegalStateException.class, () -> ImageGrid.of(List.of()).draw());
    assertThrows(IllegalArgumentException.class, () -> ImageGrid.of(images(1)).columns(0));
    assertThrows(IllegalArgumentException.class, () -> ImageGrid.of(images(1)).scale(-1));
  }

  private static LabeledImages images(int count) {
    return images(Cifar10.SHAPE, count);
  }

  private static LabeledImages images(ImageShape shape, int count) {
    byte[] pixels = new byte[count * shape.features()];
    new Random(9).nextBytes(pixels);
    return new LabeledImages(shape, pixels, new int[count], List.of("airplane"));
  }
}
