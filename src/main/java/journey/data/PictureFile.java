package journey.data;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import net.coobird.thumbnailator.Thumbnails;

/**
 * A picture of one's own, scaled to the shape a network takes: the largest square in its middle,
 * turned upright as the camera's EXIF note says, in sRGB, on white where it is transparent. It may
 * be a JPEG, PNG, WebP, GIF, BMP or TIFF, whatever its name says; of several pictures in one file
 * the first is taken.
 *
 * <p>ImageIO finds TwelveMonkeys' readers by itself and prefers them: they know WebP and CMYK.
 */
public final class PictureFile {

  private static final String EXPECTED = "a picture that Java can read, such as a JPEG or a PNG";
  private static final String SAVE_AGAIN = "open it in a picture viewer and save it as PNG or JPEG";
  private static final String WHOLE = "a whole picture";
  private static final String SMALLER = "save it in a smaller size";
  private static final String COPY_AGAIN = "copy or download it again";

  /** A file of a few kB can promise more pixels than anybody wants to wait for. */
  private static final long MOST_PIXELS = 1_000_000_000;

  /** A square of a larger side is read with gaps, which bounds the memory: 28 MB at this side. */
  private static final int LARGE_SIDE = 2048;

  private PictureFile() {}

  /**
   * Reads a picture.
   *
   * @param file a picture of any size
   * @param shape the shape to scale it to; with one channel it becomes grey
   * @return this one picture; its class is not known, so its label is 0 and means "unknown"
   * @throws DataFileException if there is no such file, or it is empty, damaged, too large for
   *     Java's memory, or of another format
   */
  public static LabeledImages read(Path file, ImageShape shape) {
    Objects.requireNonNull(shape, "the picture's shape must be given, but it is null");
    byte[] pixels = LabeledImages.room(1, shape);
    read(file, shape, pixels, 0);
    return new LabeledImages(shape, pixels, new int[1], List.of("unknown"));
  }

  /** Reads a picture as one of CIFAR-10's shape; see {@link #read(Path, ImageShape)}. */
  public static LabeledImages read(Path file) {
    return read(file, Cifar10.SHAPE);
  }

  /** Writes the colour values channel by channel, each row by row, from the offset on. */
  static void read(Path file, ImageShape shape, byte[] pixels, int offset) {
    int side = shape.side();
    BufferedImage small = small(file, side);
    for (int p = 0; p < shape.pixels(); p++) {
      int rgb = small.getRGB(p % side, p / side);
      int red = rgb >> 16 & 0xFF;
      int green = rgb >> 8 & 0xFF;
      int blue = rgb & 0xFF;
      if (shape.channels() == 1) {
        pixels[offset + p] = (byte) Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
      } else {
        pixels[offset + p] = (byte) red;
        pixels[offset + shape.pixels() + p] = (byte) green;
        pixels[offset + 2 * shape.pixels() + p] = (byte) blue;
      }
    }
  }

  private static BufferedImage small(Path file, int side) {
    DataFileException.requireFile(
        file, EXPECTED, "check the path, which is relative to " + Path.of("").toAbsolutePath());
    // Not a channel: an interrupt would close it, and the file would seem damaged.
    try (var in = new FileInputStream(file.toFile())) {
      byte[] start = in.readNBytes(PictureKind.LENGTH);
      if (start.length == 0) {
        throw new DataFileException(file, EXPECTED, "an empty file", "take another file");
      }
      PictureKind.of(start)
          .ifPresent(
              kind -> {
                throw new DataFileException(file, EXPECTED, kind.name(), kind.remedy());
              });
      var whole = new SequenceInputStream(new ByteArrayInputStream(start), in);
      return small(file, whole.readAllBytes(), side);
    } catch (DataFileException refused) {
      throw refused;
    } catch (EOFException end) {
      throw new DataFileException(file, WHOLE, "a file that was cut off", COPY_AGAIN, end);
    } catch (IOException | RuntimeException problem) {
      // ImageIO lets its decoders' unchecked exceptions through when a file is damaged.
      throw new DataFileException(
          file, EXPECTED, "a file that cannot be read: " + problem, SAVE_AGAIN, problem);
    } catch (OutOfMemoryError tooLarge) {
      throw new DataFileException(
          file,
          "a picture that fits into Java's memory",
          "one that needs more than its " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB",
          SMALLER,
          tooLarge);
    }
  }

  private static BufferedImage small(Path file, byte[] bytes, int side) throws IOException {
    var in = new ByteArrayImageInputStream(bytes);
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      String found = String.format(Locale.ROOT, "%,d bytes of something else", bytes.length);
      throw new DataFileException(file, EXPECTED, found, SAVE_AGAIN);
    }
    ImageReader reader = readers.next();
    try {
      reader.setInput(in);
      return small(file, bytes, reader, side);
    } finally {
      reader.dispose();
    }
  }

  private static BufferedImage small(Path file, byte[] bytes, ImageReader reader, int side)
      throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((long) width * height > MOST_PIXELS) {
      throw new DataFileException(
          file,
          String.format(Locale.ROOT, "a picture of at most %,d pixels", MOST_PIXELS),
          String.format(Locale.ROOT, "one of %,d x %,d pixels", width, height),
          SMALLER);
    }
    List<String> warnings = new ArrayList<>();
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    PictureNotes notes = PictureNotes.of(bytes, reader);
    BufferedImage square = onWhite(middle(reader.read(0, middle(reader, width, height, side))));
    refuseDamage(file, warnings);
    BufferedImage small = Thumbnails.of(square).forceSize(side, side).asBufferedImage();
    return notes.applyTo(small);
  }

  private static void refuseDamage(Path file, List<String> warnings) throws IIOException {
    for (String warning : warnings) {
      if (warning.contains("WebP alpha")) {
        throw new IIOException(warning);
      }
      // Unlike libjpeg's "extraneous bytes", which many cameras write and which do no harm.
      if (warning.contains("Truncated")
          || warning.contains("Corrupt JPEG data") && !warning.contains("extraneous bytes")) {
        throw new DataFileException(
            file, WHOLE, "a file that was cut off or damaged: " + warning, COPY_AGAIN);
      }
    }
  }

  /** The largest square in the middle, without gaps unless it is very large. */
  private static ImageReadParam middle(ImageReader reader, int width, int height, int side)
      throws IOException {
    int length = Math.min(width, height);
    int step = Math.min(length / side, (length + LARGE_SIDE - 1) / LARGE_SIDE);
    ImageReadParam middle = reader.getDefaultReadParam();
    if (!addsTransparency(reader)) {
      middle.setSourceRegion(
          new Rectangle((width - length) / 2, (height - length) / 2, length, length));
    }
    middle.setSourceSubsampling(Math.max(1, step), Math.max(1, step), 0, 0);
    return middle;
  }

  /**
   * In a PNG that names a colour as transparent, the JDK's reader finds regions in wrong places.
   */
  private static boolean addsTransparency(ImageReader reader) throws IOException {
    ImageTypeSpecifier raw = reader.getRawImageType(0);
    return raw != null && reader.getImageTypes(0).next().getNumBands() > raw.getNumBands();
  }

  private static BufferedImage middle(BufferedImage picture) {
    int length = Math.min(picture.getWidth(), picture.getHeight());
    int left = (picture.getWidth() - length) / 2;
    return picture.getSubimage(left, (picture.getHeight() - length) / 2, length, length);
  }

  private static BufferedImage onWhite(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    var result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    if (picture.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
      drawGrey(picture, result);
      return result;
    }
    Graphics2D graphics = result.createGraphics();
    graphics.drawImage(picture, 0, 0, Color.WHITE, null);
    graphics.dispose();
    return result;
  }

  /** Java takes grey values for linear light: with its own conversion 128 becomes 188. */
  private static void drawGrey(BufferedImage picture, BufferedImage result) {
    Raster raster = picture.getRaster();
    ColorModel model = picture.getColorModel();
    double white = (1 << model.getComponentSize(0)) - 1;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        double grey = raster.getSample(x, y, 0) / white;
        double opacity = model.hasAlpha() ? raster.getSample(x, y, 1) / white : 1;
        result.setRGB(x, y, (int) Math.round(255 * (1 + opacity * (grey - 1))) * 0x010101);
      }
    }
  }
}
