package journey.plot;

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
          contrast(Color.WHITE, lightToDark.get(i)) > contrast(Color.WHITE, lightToDark.get(i - 1)),
          lightToDark.toString());
    }
  }

  @Test
  void textIsReadableOnEveryShade() {
    for (int percent = 0; percent <= 100; percent++) {
      double share = percent / 100.0;
      double contrast = contrast(ConfusionHeatMap.textOn(share), ConfusionHeatMap.shade(share));
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

  /** The contrast ratio of WCAG 2, from 1 to 21. */
  private static double contrast(Color one, Color other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  /** The relative luminance of WCAG 2: 0 for black, 1 for white. */
  private static double luminance(Color color) {
    return 0.2126 * linear(color.getRed())
        + 0.7152 * linear(color.getGreen())
        + 0.0722 * linear(color.getBlue());
  }

  private static double linear(int value) {
    double s = value / 255.0;
    return s <= 0.04045 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4);
  }

  private static Color at(BufferedImage image, int x, int y) {
    return new Color(image.getRGB(x, y));
  }
}
