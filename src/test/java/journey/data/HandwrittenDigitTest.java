package journey.data;

import static journey.data.DownloaderTest.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandwrittenDigitTest {

  private static final String BLANK = "0".repeat(784);

  @TempDir Path folder;

  /** A one: two columns wide and ten rows high, in the upper left corner. */
  private static String one() {
    return IntStream.range(0, 784)
        .mapToObj(p -> p % 28 >= 3 && p % 28 < 5 && p / 28 >= 2 && p / 28 < 12 ? "f" : "0")
        .collect(Collectors.joining());
  }

  @Test
  void everyFigureOfALineIsAPixel() {
    String line = "0f8" + one().substring(3);
    HandwrittenDigit digit = HandwrittenDigit.ofPad("  " + line + "\n");
    assertEquals(28, digit.grey().getWidth());
    assertEquals(0xFFFFFF, rgb(digit.grey(), 0, 0));
    assertEquals(0x000000, rgb(digit.grey(), 1, 0));
    assertEquals(0x777777, rgb(digit.grey(), 2, 0));
    assertEquals(0x000000, rgb(digit.grey(), 3, 2));
    assertEquals(
        rgb(digit.centred(), 14, 14),
        rgb(HandwrittenDigit.ofPad(line.toUpperCase(Locale.ROOT)).centred(), 14, 14));
  }

  @Test
  void theInkIsCutOutAndScaledAndItsMassIsInTheMiddle() {
    HandwrittenDigit digit = HandwrittenDigit.ofPad(one());
    assertEquals(0xFFFFFF, rgb(digit.inverted(), 3, 2));
    assertEquals(0x000000, rgb(digit.inverted(), 2, 2));
    assertSize(2, 10, digit.cutOut());
    assertSize(4, 20, digit.scaled());
    assertSize(28, 28, digit.centred());
    double[] centre = centreOfMass(digit.centred());
    assertEquals(14, centre[0], 0.51);
    assertEquals(14, centre[1], 0.51);
  }

  @Test
  void whateverIsDrawnFitsAndIsCentred() {
    Property.holds(
        random -> {
          int x = 1 + random.nextInt(20);
          int y = 1 + random.nextInt(20);
          int width = 1 + random.nextInt(26 - x);
          int height = 1 + random.nextInt(26 - y);
          String line =
              IntStream.range(0, 784)
                  .mapToObj(
                      p -> {
                        int column = p % 28 - x;
                        int row = p / 28 - y;
                        boolean isFrame =
                            column >= 0
                                && column < width
                                && row >= 0
                                && row < height
                                && (column == 0 || row == 0 || column == width - 1);
                        return isFrame ? "f" : "0";
                      })
                  .collect(Collectors.joining());
          HandwrittenDigit digit = HandwrittenDigit.ofPad(line);
          assertSize(width, height, digit.cutOut());
          int longer = Math.max(digit.scaled().getWidth(), digit.scaled().getHeight());
          assertEquals(20, longer);
          assertEquals(mass(digit.scaled()), mass(digit.centred()), "nothing is cut off");
        });
  }

  /** Uneven light, the noise of a camera, a pen that is not quite black. */
  @Test
  void aPhotographLosesItsPaper() throws IOException {
    HandwrittenDigit digit = HandwrittenDigit.read(photographOfASeven());
    long white = share(digit.inverted(), 128);
    assertTrue(white > 2 && white < 10, white + " % of the picture is ink");
    assertEquals(0, rgb(digit.inverted(), 5, 5), "the dark corner is paper");
    BufferedImage cutOut = digit.cutOut();
    // Two strokes of 16 points: from 80, 60 to 150, 60 and from there to 110, 170, in 224.
    assertEquals(86, cutOut.getWidth(), 8);
    assertEquals(126, cutOut.getHeight(), 8);
    assertEquals(20, digit.scaled().getHeight());
    assertTrue(share(digit.centred(), 128) > 5, "it is still there");
  }

  @Test
  void theExampleIsTheLastPicture() {
    HandwrittenDigit digit = HandwrittenDigit.ofPad(one());
    LabeledImages example = digit.as(1);
    assertEquals("1 pictures of 10 classes", example.toString());
    assertEquals(1, example.label(0));
    for (int p = 0; p < 784; p++) {
      assertEquals(rgb(digit.centred(), p % 28, p / 28) & 0xFF, example.value(0, p));
    }
    assertThrows(IllegalArgumentException.class, () -> digit.as(10));
  }

  @Test
  void saysWhatIsWrongWithALine() {
    assertRefused("no digit", BLANK);
    assertRefused("784 figures, but there are 783", BLANK.substring(1));
    assertRefused("but there are 0", " ");
    assertRefused("number 785 is \"g\"", BLANK + "g");
    // A figure too, but not one of these.
    assertRefused("number 1 is \"٣\"", "٣" + BLANK.substring(1));
  }

  @Test
  void namesAFileThatIsNoPicture() {
    Path file = folder.resolve("nothing.png");
    assertMentions(
        assertThrows(DataFileException.class, () -> HandwrittenDigit.read(file)), file, "no such");
  }

  private static void assertRefused(String words, String line) {
    assertMentions(
        assertThrows(IllegalArgumentException.class, () -> HandwrittenDigit.ofPad(line)), words);
  }

  private Path photographOfASeven() throws IOException {
    var photo = new BufferedImage(448, 448, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = photo.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, 448, 448);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(new Color(50, 50, 50));
    g.setStroke(new BasicStroke(32, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(new Line2D.Double(160, 120, 300, 120));
    g.draw(new Line2D.Double(300, 120, 220, 340));
    g.dispose();
    var random = new Random(1);
    for (int p = 0; p < 448 * 448; p++) {
      double light = 0.5 + 0.4 * (p % 448 + p / 448) / 896.0;
      int grey =
          (int) ((photo.getRGB(p % 448, p / 448) & 0xFF) * light + 4 * random.nextGaussian());
      photo.setRGB(p % 448, p / 448, 0x010101 * Math.max(0, Math.min(255, grey)));
    }
    Path file = folder.resolve("photo.png");
    assertTrue(ImageIO.write(photo, "png", file.toFile()));
    return file;
  }

  private static int rgb(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xFFFFFF;
  }

  private static void assertSize(int width, int height, BufferedImage picture) {
    assertEquals(width + "x" + height, picture.getWidth() + "x" + picture.getHeight());
  }

  private static long mass(BufferedImage picture) {
    return IntStream.of(GreyPicture.of(picture).values()).asLongStream().sum();
  }

  /** In percent, how much of a picture is at least this bright. */
  private static long share(BufferedImage picture, int least) {
    int[] values = GreyPicture.of(picture).values();
    return 100 * IntStream.of(values).filter(v -> v >= least).count() / values.length;
  }

  private static double[] centreOfMass(BufferedImage picture) {
    double x = 0;
    double y = 0;
    for (int p = 0; p < 784; p++) {
      x += (p % 28) * (rgb(picture, p % 28, p / 28) & 0xFF);
      y += (p / 28) * (rgb(picture, p % 28, p / 28) & 0xFF);
    }
    return new double[] {x / mass(picture), y / mass(picture)};
  }
}
