package journey.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionHeatMapTest {

  @Test
  void theLargerTheShareTheDarkerTheCell() {
    BufferedImage map =
        ConfusionHeatMap.of(new int[][] {{20, 80}, {0, 9}}, List.of("airplane", "rest")).draw();
    int right = map.getWidth() - 24;
    int left = right - 150;
    int bottom = map.getHeight() - 24;
    int top = bottom - 84;
    List<Color> lightToDark =
        List.of(
            at(map, left, bottom), at(map, left, top), at(map, right, top), at(map, right, bottom));
    for (int i = 1; i < lightToDark.size(); i++) {
      assertTrue(
          Theme.contrast(Color.WHITE, lightToDark.get(i))
              > Theme.contrast(Color.WHITE, lightToDark.get(i - 1)),
          lightToDark.toString());
    }
  }

  @Test
  void textIsReadableOnEveryShade() {
    for (int percent = 0; percent <= 100; percent++) {
      Color shade = ColourScale.between(new Color(0xF4F8FC), new Color(0x084594), percent / 100.0);
      double contrast = Theme.contrast(Theme.textOn(shade), shade);
      assertTrue(contrast > 3.9, percent + " %: " + contrast);
    }
  }

  @Test
  void tenClassesFitANotebook() {
    List<String> names = IntStream.range(0, 10).mapToObj(c -> "automobile").toList();
    var picture = new Picture(ConfusionHeatMap.of(new int[10][10], names).draw());
    assertTrue(picture.image().getWidth() <= Theme.WIDTH, picture.image().toString());
    assertTrue(picture.pngBytes() < 100_000);
  }

  @Test
  void refusesCountsThatDoNotFitTheClasses() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> ConfusionHeatMap.of(new int[][] {{1, 2}}, List.of("a", "b")));
    assertTrue(error.getMessage().contains("[[1, 2]]"), error.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> ConfusionHeatMap.of(new int[0][0], List.of()));
  }

  @Test
  void contrastIsThatOfWcag() {
    assertEquals(21, Theme.contrast(Color.BLACK, Color.WHITE), 1e-9);
    assertEquals(4.54, Theme.contrast(new Color(0x767676), Color.WHITE), .005);
  }

  private static Color at(BufferedImage image, int x, int y) {
    return new Color(image.getRGB(x, y));
  }
}
