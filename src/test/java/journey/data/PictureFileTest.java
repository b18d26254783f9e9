package journey.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFileTest {

  private static final ImageShape SMALL = new ImageShape(3, 8);
  private static final ImageShape GREY = new ImageShape(1, 8);

  @TempDir Path folder;

  static Path example(String name) {
    try {
      return Path.of(PictureFileTest.class.getResource(name).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

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

  private static void assertPlain(LabeledImages found, int tolerance, int... channels) {
    assertEquals(1, found.size());
    for (int i = 0; i < found.shape().features(); i++) {
      int expected = channels[i / found.shape().pixels()];
      assertEquals(expected, found.value(0, i), tolerance, "value " + i);
    }
  }

  private static void assertAlike(LabeledImages expected, LabeledImages found, int tolerance) {
    assertEquals(expected.shape(), found.shape());
    for (int i = 0; i < expected.shape().features(); i++) {
      assertEquals(expected.value(0, i), found.value(0, i), tolerance, "value " + i);
    }
  }

  @Test
  void aPictureOfTheRightSizeStaysAsItIs() throws IOException {
    for (ImageShape shape : RandomImages.shapes()) {
      LabeledImages one = StandIn.generate(shape, 1, 4);
      assertAlike(one, PictureFile.read(write(one.picture(0), "png"), shape), 0);
    }
    assertEquals(Cifar10.SHAPE, PictureFile.read(example("upright.jpg")).shape());
  }

  /** Left quarter white, top blue, bottom red, 400x300: the middle square keeps half the white. */
  @Test
  void theReferenceIsUpright() {
    LabeledImages upright = PictureFile.read(example("upright.jpg"), new ImageShape(3, 48));
    assertColour(upright, 3, 24, 255, 255, 255);
    assertColour(upright, 30, 5, 30, 60, 200);
    assertColour(upright, 30, 43, 200, 40, 30);
  }

  private static void assertColour(LabeledImages images, int x, int y, int... expected) {
    for (int channel = 0; channel < 3; channel++) {
      int feature = channel * images.shape().pixels() + y * images.shape().side() + x;
      assertEquals(expected[channel], images.value(0, feature), 4, "channel " + channel);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"exif_orientation_6.jpg", "cmyk.jpg", "progressive.jpg", "webp_named.jpg"})
  void theSameSceneFromACameraAPrinterOrTheWeb(String name) {
    var shape = new ImageShape(3, 32);
    LabeledImages upright = PictureFile.read(example("upright.jpg"), shape);
    assertAlike(upright, PictureFile.read(example(name), shape), 16);
  }

  @Test
  void kindsOfPictures() throws IOException {
    var colour = new Color(200, 100, 50);
    int rgb = BufferedImage.TYPE_INT_RGB;
    Path jpeg = write(filled(333, 210, rgb, colour), "jpg");
    assertPlain(PictureFile.read(jpeg, SMALL), 3, 200, 100, 50);
    assertPlain(PictureFile.read(jpeg, GREY), 3, 124);
    assertPlain(PictureFile.read(write(filled(5, 9, rgb, colour), "png"), SMALL), 1, 200, 100, 50);
    var clear = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
    assertPlain(PictureFile.read(write(clear, "png"), SMALL), 0, 255, 255, 255);
    var half = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
    for (int p = 0; p < 1600; p++) {
      half.setRGB(p % 40, p / 40, 0x80C86432);
    }
    assertPlain(PictureFile.read(write(half, "png"), SMALL), 2, 227, 177, 152);
  }

  /** Grey 128 is 128 with 8 bits, with 16, and with transparency. */
  @Test
  void greyStaysAsDarkAsItIs() throws IOException {
    var grey = new BufferedImage(70, 64, BufferedImage.TYPE_BYTE_GRAY);
    Arrays.fill(((DataBufferByte) grey.getRaster().getDataBuffer()).getData(), (byte) 128);
    assertPlain(PictureFile.read(write(grey, "png"), SMALL), 0, 128, 128, 128);
    assertPlain(PictureFile.read(write(grey, "jpg"), GREY), 1, 128);
    Path opaque = png(4, 9, 9, 8, new byte[] {(byte) 128, (byte) 255});
    assertPlain(PictureFile.read(opaque, SMALL), 0, 128, 128, 128);
    Path clear = png(4, 9, 9, 8, new byte[] {0, (byte) 51});
    assertPlain(PictureFile.read(clear, GREY), 0, 204);
    assertPlain(PictureFile.read(example("grey16.png"), SMALL), 0, 128, 128, 128);
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
    assertPlain(PictureFile.read(write(wide, "png"), SMALL), 3, 127, 127, 127);
  }

  @Test
  void aHugePictureIsReadWithGapsAndAnAbsurdOneRefused() throws IOException {
    Path huge = png(0, 12_000, 9_000, 1, new byte[] {(byte) 0xFF});
    assertTrue(Files.size(huge) < 100_000);
    assertPlain(PictureFile.read(huge, SMALL), 0, 255, 255, 255);
    refuses(png(0, 40_000, 1, 40_000, 1, new byte[1]), "40,000 x 40,000 pixels");
  }

  private Path png(int colourType, int width, int height, int bits, byte[] pixel)
      throws IOException {
    return png(colourType, width, height, height, bits, pixel);
  }

  /** A PNG whose rows all repeat the same bytes; it may promise more rows than it has. */
  private Path png(int colourType, int width, int rows, int height, int bits, byte[] pixel)
      throws IOException {
    var header = new ByteArrayOutputStream();
    var fields = new DataOutputStream(header);
    fields.writeInt(width);
    fields.writeInt(height);
    fields.write(new byte[] {(byte) bits, (byte) colourType, 0, 0, 0});
    byte[] row = new byte[1 + (bits == 1 ? (width + 7) / 8 : width * pixel.length)];
    for (int i = 1; i < row.length; i++) {
      row[i] = pixel[(i - 1) % pixel.length];
    }
    var data = new ByteArrayOutputStream();
    try (var deflated = new DeflaterOutputStream(data)) {
      for (int y = 0; y < rows; y++) {
        deflated.write(row);
      }
    }
    Path file = Files.createTempFile(folder, "made", ".png");
    try (var out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeLong(0x89504E470D0A1A0AL);
      chunk(out, "IHDR", header.toByteArray());
      chunk(out, "IDAT", data.toByteArray());
      chunk(out, "IEND", new byte[0]);
    }
    return file;
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    var sum = new CRC32();
    sum.update(name);
    sum.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) sum.getValue());
  }

  /** 38 bytes that promise 6000 x 6000 pixels, which this reader holds all at once. */
  @Test
  void aPictureThatDoesNotFitIntoMemoryIsRefused() throws IOException, InterruptedException {
    String webp = "524946461e000000574542505650384c110000002f6fd7db0507509e7a14b9ff8188e87f0000";
    Path large = Files.write(folder.resolve("large.webp"), HexFormat.of().parseHex(webp));
    String classes = System.getProperty("java.class.path");
    String main = PictureFileTest.class.getName();
    var child =
        ChildProcess.java(
            List.of("-Xmx64m", "-Djava.awt.headless=true", "-cp", classes, main, large.toString()));
    String output = child.end().output();
    assertTrue(output.contains("needs more than its 64 MiB"), output);
  }

  public static void main(String[] arguments) {
    PictureFile.read(Path.of(arguments[0]), SMALL);
  }

  @Test
  void whatIsNoWholePictureIsRefused() throws IOException {
    refuses(Files.createFile(folder.resolve("empty.png")), "an empty file");
    refuses(folder.resolve("missing.png"), "no such file");
    refuses(folder, "no file");
    refuses(SpecialFiles.fifo(folder.resolve("fifo.png")), "no file");
    refuses(example("half.jpg"), "cut off");
    Path whole = write(StandIn.generate(1, 4).picture(0), "png");
    byte[] bytes = Files.readAllBytes(whole);
    for (int length : new int[] {10, 60, bytes.length / 2}) {
      refuses(Files.write(folder.resolve("cut.png"), Arrays.copyOf(bytes, length)), "");
    }
  }

  /** By their first bytes, the brands of those whose container is that of films among them. */
  @ParameterizedTest
  @CsvSource({
    "'\0\0\0\u0024ftypheic\0\0\0\0mif1MiHE', a HEIC picture, Most Compatible",
    "'\0\0\0\u0018ftypmif1\0\0\0\0mif1heic', a HEIC picture, heif-convert",
    "'\0\0\0\u001cftypavif\0\0\0\0mif1miaf', an AVIF picture, magick picture.avif",
    "'\0\0\0\u001cftypmif1\0\0\0\0avifmiaf', an AVIF picture, magick picture.avif",
    "'\0\0\0\u0018ftypmp42\0\0\0\0isommp42', a film, save a frame",
    "'\0\0\0\u0014ftypqt  \0\0\0\0qt  ', a film, save a frame",
    "'RIFF\0\0\0\0AVI LIST', a film, save a frame",
    "'\0\0\0\u0018ftypcrx \0\0\0\u0001crx isom', a camera's raw picture, export it as JPEG",
    "'\u00ff\n\u0001\u0002', a JPEG XL picture, magick picture.jxl",
    "'\0\0\0\fJXL \r\n', a JPEG XL picture, magick picture.jxl",
    "'\0\0\0\fjP  \r\n', a JPEG 2000 picture, magick picture.jp2",
    "8BPS, a Photoshop document, export it",
    "%PDF-1.7, a PDF document, as PNG",
    "'<?xml version=\"1.0\"?>\n<svg>', an SVG drawing, as PNG",
    "<!DOCTYPE html>, a web page, not the page",
    "I am no picture, 15 bytes of something else, save it as",
  })
  void whatJavaCannotReadIsNamedWithAWayOut(String start, String kind, String remedy)
      throws IOException {
    Path file = folder.resolve("picture.jpg");
    refuses(Files.writeString(file, start, StandardCharsets.ISO_8859_1), kind);
    refuses(file, remedy);
  }

  private static void refuses(Path file, String found) {
    String message =
        assertThrows(DataFileException.class, () -> PictureFile.read(file, SMALL)).getMessage();
    assertTrue(message.contains(found) && message.contains(file.toString()), message);
  }
}
