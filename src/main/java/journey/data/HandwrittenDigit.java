package journey.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import net.coobird.thumbnailator.Thumbnails;

/**
 * A digit of one's own, prepared step by step as MNIST's were, so that a network which has learnt
 * from those can read it: white ink on black, cut out, scaled to fit into 20x20 pixels, and put
 * into 28x28 with its centre of mass in the middle.
 *
 * @param grey the drawing or photograph, dark ink on light paper
 * @param inverted the ink alone, white on black, without the shades of the paper
 * @param cutOut the smallest rectangle with all of the ink
 * @param scaled the same with a longer side of 20 pixels
 * @param centred 28x28 pixels
 * @see <a href="http://yann.lecun.com/exdb/mnist/">LeCun, Cortes and Burges: how MNIST was made</a>
 */
public record HandwrittenDigit(
    BufferedImage grey,
    BufferedImage inverted,
    BufferedImage cutOut,
    BufferedImage scaled,
    BufferedImage centred) {

  /** Pixels along one side of the square that a photograph is read into. */
  static final int PHOTO_SIDE = 224;

  /** Pixels along the longer side of a digit, within a picture of 28x28. */
  private static final int BOX = 20;

  private static final int SIDE = Mnist.SHAPE.side();

  /** How much darker than the paper ink must be, of 255 levels. */
  private static final int LEAST_CONTRAST = 40;

  /** A pen's stroke is narrower than this share of a picture's side. */
  private static final int STROKES_PER_SIDE = 6;

  /**
   * Prepares the digit of a photograph or a drawing: alone on light paper, with a dark pen, in the
   * middle of the picture and upright.
   *
   * @throws DataFileException if the file cannot be read as a picture
   * @throws IllegalArgumentException if there is no ink
   */
  public static HandwrittenDigit read(Path file) {
    var photo = PictureFile.read(file, new ImageShape(1, PHOTO_SIDE));
    return of(GreyPicture.of(PHOTO_SIDE, PHOTO_SIDE, (x, y) -> photo.value(0, y * PHOTO_SIDE + x)));
  }

  /**
   * Prepares the digit that the drawing pad has put into a line of text: a hexadecimal figure for
   * each of 28x28 pixels, row by row, from 0, white paper, to f, black ink.
   *
   * @throws IllegalArgumentException if the text is anything else, or there is no ink
   */
  public static HandwrittenDigit ofPad(String line) {
    String figures = line.strip();
    int strange =
        IntStream.range(0, figures.length())
            .filter(i -> !HexFormat.isHexDigit(figures.charAt(i)))
            .findFirst()
            .orElse(-1);
    if (strange >= 0) {
      throw new IllegalArgumentException(
          "a drawing is a line of the figures 0 to 9 and a to f, but number %d is \"%s\": copy the pad's whole line again"
              .formatted(strange + 1, figures.charAt(strange)));
    }
    if (figures.length() != SIDE * SIDE) {
      throw new IllegalArgumentException(
          "a drawing is a line of %d figures, but there are %d: copy the pad's whole line again"
              .formatted(SIDE * SIDE, figures.length()));
    }
    return of(
        GreyPicture.of(
            SIDE, SIDE, (x, y) -> 255 - 17 * HexFormat.fromHexDigit(figures.charAt(y * SIDE + x))));
  }

  private static HandwrittenDigit of(GreyPicture grey) {
    GreyPicture inverted = ink(grey);
    GreyPicture cutOut = cutOut(inverted);
    GreyPicture scaled = scaled(cutOut);
    return new HandwrittenDigit(
        grey.image(), inverted.image(), cutOut.image(), scaled.image(), centred(scaled).image());
  }

  /**
   * The prepared picture as an example for a network.
   *
   * @param digit which digit it is meant to be
   * @throws IllegalArgumentException if it is not from 0 to 9
   */
  public LabeledImages as(int digit) {
    int[] values = GreyPicture.of(centred).values();
    byte[] pixels = new byte[values.length];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = (byte) values[p];
    }
    return new LabeledImages(Mnist.SHAPE, pixels, new int[] {digit}, Mnist.CLASS_NAMES);
  }

  /** By how much each place is darker than the paper around it, stretched to reach white. */
  private static GreyPicture ink(GreyPicture grey) {
    GreyPicture paper = paper(grey);
    GreyPicture darker =
        GreyPicture.of(
            grey.width(), grey.height(), (x, y) -> Math.max(0, paper.at(x, y) - grey.at(x, y)));
    int darkest = Arrays.stream(darker.values()).max().orElse(0);
    if (darkest < LEAST_CONTRAST) {
      throw new IllegalArgumentException(
          "there is no digit: the darkest place is only %d of 255 levels darker than the paper around it, and ink must be by %d: draw with a dark pen on light paper"
              .formatted(darkest, LEAST_CONTRAST));
    }
    int threshold = Otsu.threshold(darker.values());
    int[] inked = Arrays.stream(darker.values()).filter(v -> v > threshold).sorted().toArray();
    int white = inked[inked.length / 2];
    return GreyPicture.of(
        grey.width(),
        grey.height(),
        (x, y) -> darker.at(x, y) > threshold ? Math.min(255, 255 * darker.at(x, y) / white) : 0);
  }

  /**
   * How bright the paper is at each place, where the light is uneven too: a square wider than any
   * stroke holds some paper, and that is the brightest in it.
   */
  private static GreyPicture paper(GreyPicture grey) {
    int reach = Math.max(1, grey.width() / STROKES_PER_SIDE);
    GreyPicture brightest = around(grey, reach, values -> values.max().orElseThrow());
    return around(brightest, reach, values -> (int) values.average().orElseThrow());
  }

  /** A statistic of the square around each place, row by row and then column by column. */
  private static GreyPicture around(
      GreyPicture picture, int reach, ToIntFunction<IntStream> statistic) {
    int width = picture.width();
    int height = picture.height();
    GreyPicture rows =
        GreyPicture.of(
            width,
            height,
            (x, y) -> statistic.applyAsInt(near(x, reach, width).map(i -> picture.at(i, y))));
    return GreyPicture.of(
        width,
        height,
        (x, y) -> statistic.applyAsInt(near(y, reach, height).map(i -> rows.at(x, i))));
  }

  private static IntStream near(int place, int reach, int end) {
    return IntStream.range(Math.max(0, place - reach), Math.min(end, place + reach + 1));
  }

  private static GreyPicture cutOut(GreyPicture ink) {
    int[] inked =
        IntStream.range(0, ink.values().length).filter(p -> ink.values()[p] > 0).toArray();
    var columns = IntStream.of(inked).map(p -> p % ink.width()).summaryStatistics();
    var rows = IntStream.of(inked).map(p -> p / ink.width()).summaryStatistics();
    return GreyPicture.of(
        columns.getMax() - columns.getMin() + 1,
        rows.getMax() - rows.getMin() + 1,
        (x, y) -> ink.at(columns.getMin() + x, rows.getMin() + y));
  }

  private static GreyPicture scaled(GreyPicture digit) {
    double scale = (double) BOX / Math.max(digit.width(), digit.height());
    int width = (int) Math.max(1, Math.round(scale * digit.width()));
    int height = (int) Math.max(1, Math.round(scale * digit.height()));
    try {
      return GreyPicture.of(
          Thumbnails.of(digit.image()).forceSize(width, height).asBufferedImage());
    } catch (IOException impossible) {
      throw new UncheckedIOException("scaling a picture in memory failed", impossible);
    }
  }

  /** The centre of mass of MNIST's digits lies at the place 14, 14, counted from 0. */
  private static GreyPicture centred(GreyPicture digit) {
    double mass = 0;
    double massX = 0;
    double massY = 0;
    for (int y = 0; y < digit.height(); y++) {
      for (int x = 0; x < digit.width(); x++) {
        mass += digit.at(x, y);
        massX += (double) x * digit.at(x, y);
        massY += (double) y * digit.at(x, y);
      }
    }
    int left = margin(massX / mass, digit.width());
    int top = margin(massY / mass, digit.height());
    return GreyPicture.of(
        SIDE, SIDE, (x, y) -> digit.holds(x - left, y - top) ? digit.at(x - left, y - top) : 0);
  }

  /** All of the digit stays in the picture, however far its mass lies from its middle. */
  private static int margin(double centre, int length) {
    return (int) Math.max(0, Math.min(SIDE - length, Math.round(SIDE / 2.0 - centre)));
  }
}
