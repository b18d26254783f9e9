package journey.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFileTest {

  @TempDir Path folder;

  private Path write(BufferedImage picture, String format) throws IOException {
    Path file = folder.resolve("picture." + format);
    assertTrue(ImageIO.write(picture, format, file.toFile()));
    return file;
  }

  private static BufferedImage filled(int width, int height, int type, Color colour) {
    var picture = new BufferedImage(width, height, type);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return picture;
  }

  private static void plain(LabeledImages found, int red, int green, int blue, int tolerance) {
    assertEquals(1, found.size());
    for (int i = 0; i < Cifar10.FEATURES; i++) {
      int expected = new int[] {red, green, blue}[i / 1024];
      assertEquals(expected, found.value(0, i), tolerance, "value " + i);
    }
  }

  @Test
  void aPictureOfTheRightSizeStaysAsItIs() throws IOException {
    LabeledImages one = StandIn.generate(1, 4);
    LabeledImages read = PictureFile.read(write(one.picture(0), "png"));
    for (int i = 0; i < Cifar10.FEATURES; i++) {
      assertEquals(one.value(0, i), read.value(0, i));
    }
  }

  @Test
  void kindsOfPictures() throws IOException {
    var colour = new Color(200, 100, 50);
    int rgb = BufferedImage.TYPE_INT_RGB;
    plain(PictureFile.read(write(filled(333, 210, rgb, colour), "jpg")), 200, 100, 50, 3);
    plain(PictureFile.read(write(filled(5, 9, rgb, colour), "png")), 200, 100, 50, 1);
    var grey = filled(70, 64, BufferedImage.TYPE_BYTE_GRAY, Color.WHITE);
    plain(PictureFile.read(write(grey, "png")), 255, 255, 255, 0);
    var clear = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
    plain(PictureFile.read(write(clear, "png")), 255, 255, 255, 0);
  }

  @Test
  void theMiddleIsCutOutAndEveryPixelCounts() throws IOException {
    BufferedImage wide = filled(400, 256, BufferedImage.TYPE_INT_RGB, Color.RED);
    for (int x = 72; x < 328; x++) {
      for (int y = 0; y < 256; y++) {
        wide.setRGB(x, y, (x + y) % 2 == 0 ? 0xFFFFFF : 0);
      }
    }
    // A fine chessboard becomes an even grey if all pixels count, and noise if a few do.
    plain(PictureFile.read(write(wide, "png")), 127, 127, 127, 3);
  }

  @Test
  void whatIsNoPictureIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jpg"), "I am no picture");
    refuses(text, "15 bytes of something else");
    refuses(Files.createFile(folder.resolve("empty.png")), "an empty file");
    refuses(folder.resolve("missing.png"), "no file of this name");
    refuses(folder, "cannot be read");
    Path whole = write(StandIn.generate(1, 4).picture(0), "png");
    byte[] bytes = Files.readAllBytes(whole);
    refuses(Files.write(folder.resolve("cut.png"), Arrays.copyOf(bytes, 60)), "cannot be read");
  }

  private static void refuses(Path file, String found) {
    String message =
        assertThrows(DataFileException.class, () -> PictureFile.read(file)).getMessage();
    assertTrue(message.contains(found) && message.contains(file.toString()), message);
  }
}
