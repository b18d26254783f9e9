package journey.data;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** A picture of one's own, made as small as those a network was trained on. */
public final class PictureFile {

  private static final int SIDE = Cifar10.SIDE;
  private static final int PLANE = SIDE * SIDE;
  private static final String EXPECTED = "a picture that Java can read, such as a JPEG or a PNG";

  private PictureFile() {}

  /**
   * Reads a picture, cuts the largest square out of its middle and scales that to 32x32 pixels.
   * What is transparent becomes white; a camera's note on how it was held is not looked at.
   *
   * @param file a JPEG, a PNG or another format that Java's ImageIO reads
   * @return this one picture; its class is not known, so its label is 0 and stands for "unknown"
   * @throws DataFileException if there is no such file, it is empty, or it is no picture
   */
  public static LabeledImages read(Path file) {
    BufferedImage small = scaled(square(decode(file)));
    byte[] pixels = new byte[Cifar10.FEATURES];
    for (int p = 0; p < PLANE; p++) {
      int rgb = small.getRGB(p % SIDE, p / SIDE);
      pixels[p] = (byte) (rgb >> 16);
      pixels[PLANE + p] = (byte) (rgb >> 8);
      pixels[2 * PLANE + p] = (byte) rgb;
    }
    return new LabeledImages(Cifar10.SHAPE, pixels, new int[1], List.of("unknown"));
  }

  private static BufferedImage decode(Path file) {
    if (!Files.exists(file)) {
      throw refused(
          file,
          "no file of this name",
          "check the path, which is relative to " + Path.of("").toAbsolutePath(),
          null);
    }
    String remedy = "open it in a picture viewer and save it as PNG or JPEG";
    // A channel would be closed by an interrupt, and the file then look unreadable.
    try (InputStream in = new FileInputStream(file.toFile())) {
      if (Files.size(file) == 0) {
        throw refused(file, "an empty file", "take another file", null);
      }
      BufferedImage picture = ImageIO.read(in);
      if (picture == null) {
        throw refused(
            file, "%,d bytes of something else".formatted(Files.size(file)), remedy, null);
      }
      return picture;
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException problem) {
      // ImageIO lets its decoders' unchecked exceptions through when a file is damaged.
      throw refused(file, "a file that cannot be read: " + problem, remedy, problem);
    }
  }

  private static DataFileException refused(
      Path file, String found, String remedy, Exception problem) {
    return new DataFileException(file, EXPECTED, found, remedy, problem);
  }

  private static BufferedImage square(BufferedImage picture) {
    int side = Math.min(picture.getWidth(), picture.getHeight());
    var square = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = square.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, side, side);
    graphics.drawImage(
        picture, (side - picture.getWidth()) / 2, (side - picture.getHeight()) / 2, null);
    graphics.dispose();
    return square;
  }

  /** Halves as often as it can first: interpolation looks at the nearest pixels only. */
  private static BufferedImage scaled(BufferedImage square) {
    BufferedImage picture = square;
    while (picture.getWidth() >= 2 * SIDE) {
      picture = resized(picture, Math.max(SIDE, picture.getWidth() / 2), false);
    }
    return picture.getWidth() == SIDE ? picture : resized(picture, SIDE, true);
  }

  private static BufferedImage resized(BufferedImage picture, int side, boolean bicubic) {
    var result = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = result.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        bicubic
            ? RenderingHints.VALUE_INTERPOLATION_BICUBIC
            : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(picture, 0, 0, side, side, null);
    graphics.dispose();
    return result;
  }
}
