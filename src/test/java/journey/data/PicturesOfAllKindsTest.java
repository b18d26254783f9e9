package journey.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pictures that {@code make_pictures.py} makes, whole and damaged. */
class PicturesOfAllKindsTest {

  private static final int SIDE = 48;
  private static final ImageShape SHAPE = new ImageShape(3, SIDE);

  /** In the middle square of the scene; what lies near them may be blurred. */
  private static final int RIGHT_OF_WHITE = 8;

  private static final int BELOW_BLUE = 24;
  private static final int BLUR = 4;

  @TempDir static Path folder;

  @BeforeAll
  static void unpack() throws IOException {
    try (var zip =
        new ZipInputStream(PicturesOfAllKindsTest.class.getResourceAsStream("pictures.zip"))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, folder.resolve(entry.getName()));
      }
    }
  }

  static Stream<Path> all() throws IOException {
    return Files.list(folder).filter(file -> !file.endsWith("damaged")).sorted();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "pictures.csv", numLinesToSkip = 1)
  void aPictureIsReadAsAViewerShowsIt(
      String name, String left, String top, String bottom, int tolerance) {
    LabeledImages found = PictureFile.read(folder.resolve(name), SHAPE);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        boolean inWhite = x < RIGHT_OF_WHITE;
        if (Math.abs(x - RIGHT_OF_WHITE) >= BLUR && (inWhite || Math.abs(y - BELOW_BLUE) >= BLUR)) {
          String expected = inWhite ? left : y < BELOW_BLUE ? top : bottom;
          assertColour(expected, found, x, y, tolerance);
        }
      }
    }
  }

  private static void assertColour(
      String expected, LabeledImages found, int x, int y, int tolerance) {
    String[] channels = expected.split(" ");
    for (int c = 0; c < channels.length; c++) {
      int value = found.value(0, c * SHAPE.pixels() + y * SIDE + x);
      int channel = c;
      assertEquals(
          Integer.parseInt(channels[c]),
          value,
          tolerance,
          () -> "channel %d at %d, %d".formatted(channel, x, y));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aPictureThatWasCutOffIsRefusedUnlessAllOfItIsThere(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    assertRefused(damaged(Arrays.copyOf(bytes, bytes.length / 10)));
    for (int percent : new int[] {50, 90, 98}) {
      Path cut = damaged(Arrays.copyOf(bytes, bytes.length * percent / 100));
      try {
        assertEquals(values(file), values(cut), "cut at " + percent + " %");
      } catch (DataFileException refused) {
        continue;
      }
    }
  }

  private static List<Integer> values(Path file) {
    LabeledImages picture = PictureFile.read(file, SHAPE);
    return IntStream.range(0, SHAPE.features()).mapToObj(i -> picture.value(0, i)).toList();
  }

  private static Path damaged(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("damaged"), bytes);
  }

  private static void assertRefused(Path file) {
    String message =
        assertThrows(DataFileException.class, () -> PictureFile.read(file, SHAPE)).getMessage();
    assertTrue(message.matches("(?s).*what to do: (copy|open|take|save).*"), message);
  }

  /** Its checksums tell, wherever it is. */
  @ParameterizedTest
  @ValueSource(strings = {"palette_alpha.png", "display_p3.png", "interlaced_1.png"})
  void aPngWithOneWrongByteIsRefused(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    for (int i = 0; i < bytes.length; i++) {
      assertRefused(flipped(bytes, i));
    }
  }

  private static Path flipped(byte[] bytes, int place) throws IOException {
    byte[] copy = bytes.clone();
    copy[place] ^= (byte) 0xFF;
    return damaged(copy);
  }

  /** Other formats have no checksums: damage is seen where it makes no sense, or shown. */
  @ParameterizedTest
  @ValueSource(
      strings = {"rgb_420.jpg", "rgb.gif", "rgb.bmp", "rgb_raw.tif", "lossy.webp", "lossless.webp"})
  void aWrongByteInAHeaderIsRefusedOrShown(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    assertRefused(flipped(bytes, 0));
    for (int i = 1; i < 40; i++) {
      try {
        assertEquals(SHAPE, PictureFile.read(flipped(bytes, i), SHAPE).shape());
      } catch (DataFileException refused) {
        continue;
      }
    }
  }
}
