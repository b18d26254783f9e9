package journey.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FunctionFigureTest {

  @Test
  void aRisingFunctionRises() {
    BufferedImage image = FunctionFigure.of("x", -1, 1).panel("y", Map.of("line", x -> x)).draw();
    int left = topOfCurve(image, image.getWidth() / 3);
    int right = topOfCurve(image, 2 * image.getWidth() / 3);
    assertTrue(left > right, left + " is not below " + right);
  }

  @Test
  void aConstantIsDrawn() {
    var image = FunctionFigure.of("x", 0, 1).panel("y", Map.of("one", x -> 1)).draw();
    assertTrue(new Picture(image).count(Theme.ofGroup(0)) > 100);
  }

  @Test
  void aNameKeepsItsColourInEveryPanel() {
    Map<String, DoubleUnaryOperator> both = new LinkedHashMap<>();
    both.put("line", x -> x);
    both.put("square", x -> x * x);
    BufferedImage image =
        FunctionFigure.of("x", -1, 1)
            .panel("value", both)
            .panel("slope", Map.of("square", x -> 2 * x))
            .draw();
    assertEquals(Theme.WIDTH, image.getWidth());
    int half = Theme.WIDTH / 2;
    Picture left = new Picture(image).part(0, 0, half, image.getHeight());
    Picture right = new Picture(image).part(half, 0, Theme.WIDTH, image.getHeight());
    assertTrue(left.count(Theme.ofGroup(0)) > 50);
    assertTrue(left.count(Theme.ofGroup(1)) > 50);
    assertEquals(0, right.count(Theme.ofGroup(0)));
    assertTrue(right.count(Theme.ofGroup(1)) > 50);
  }

  @Test
  void aMarkStandsOnTheCurve() {
    FunctionFigure figure = FunctionFigure.of("x", -1, 1).panel("y", Map.of("bowl", x -> x * x));
    int unmarked = new Picture(figure.draw()).count(Theme.TEXT);
    var marked = new Picture(figure.mark("lowest point", 0).draw());
    assertTrue(marked.count(Theme.TEXT) > unmarked + 100);
    Picture plot = marked.part(100, 30, 500, 250);
    assertTrue(plot.count(Theme.TEXT) > 50, "the mark lies in the plot");
    assertEquals(plot.middle(Theme.ofGroup(0)), plot.middle(Theme.TEXT), 12);
    assertThrows(IllegalArgumentException.class, () -> figure.mark("lowest point", 0.5));
    assertThrows(IllegalArgumentException.class, () -> figure.mark("bowl", 0.5));
    assertThrows(IllegalArgumentException.class, () -> figure.mark("too far", 1.5));
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    assertThrows(IllegalArgumentException.class, () -> FunctionFigure.of("x", 1, 1));
    assertThrows(IllegalArgumentException.class, () -> FunctionFigure.of("x", Double.NaN, 1));
    FunctionFigure figure = FunctionFigure.of("x", 0, 1);
    assertThrows(IllegalStateException.class, figure::draw);
    assertThrows(IllegalArgumentException.class, () -> figure.panel("y", Map.of()));
  }

  private static int topOfCurve(BufferedImage image, int column) {
    int colour = Theme.ofGroup(0).getRGB();
    return IntStream.range(0, image.getHeight())
        .filter(row -> image.getRGB(column, row) == colour)
        .findFirst()
        .orElseThrow();
  }
}
