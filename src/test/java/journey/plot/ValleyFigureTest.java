package journey.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValleyFigureTest {

  private static final int PANEL = Theme.WIDTH / 2;
  private static final int BELOW_TITLE = 36;
  private static final int ABOVE_TICKS = 202;

  @Test
  void aPathLiesWhereItsPointsAre() {
    Picture picture = valley(List.of(point(-4, 1), point(-4, -1)));
    int column = columnOf(-4);
    Picture strip = picture.part(column - 1, BELOW_TITLE, column + 2, ABOVE_TICKS);
    assertTrue(strip.count(Theme.ofGroup(0)) > 80, "a line from 1 to -1");
    Picture elsewhere = picture.part(columnOf(-3), BELOW_TITLE, columnOf(4), ABOVE_TICKS);
    assertEquals(0, elsewhere.count(Theme.ofGroup(0)));
  }

  @Test
  void theValleyIsDarkerInside() {
    Picture picture = valley(List.of(point(-4, 1)));
    Picture middle = picture.part(columnOf(0) + 12, 117, columnOf(0) + 20, 123);
    Picture corner = picture.part(columnOf(4.7), BELOW_TITLE, columnOf(4.9), BELOW_TITLE + 10);
    assertTrue(red(middle) < red(corner));
  }

  @Test
  void aPathThatDivergesEndsWhereItDoes() {
    Picture picture = valley(List.of(point(-4, 1), point(Double.NaN, 0), point(4, 1)));
    Picture right = picture.part(columnOf(0), BELOW_TITLE, columnOf(5), ABOVE_TICKS);
    assertEquals(0, right.count(Theme.ofGroup(0)));
  }

  @Test
  void eachPathHasAPanelOfItsOwn() {
    ValleyFigure figure = figure();
    IntStream.range(0, 3)
        .forEach(i -> figure.path("path " + i, List.of(point(-4, i / 2.0), point(4, i / 2.0))));
    BufferedImage image = figure.draw();
    Picture.assertFits(image);
    for (int i = 0; i < 3; i++) {
      int left = i % 2 * PANEL;
      int top = i / 2 * image.getHeight() / 2;
      Picture panel = new Picture(image).part(left, top, left + PANEL, top + ABOVE_TICKS);
      assertTrue(panel.count(Theme.ofGroup(i)) > 150, "path " + i);
      assertEquals(0, panel.count(Theme.ofGroup((i + 1) % 3)), "only path " + i);
    }
  }

  @Test
  void heightsThatFallByATenthLieOnAStraightLine() {
    ValleyFigure figure = figure();
    figure.path("tenths", IntStream.range(0, 7).mapToObj(i -> point(Math.pow(10, -i), 0)).toList());
    figure.path("bottom", List.of(point(1, 0), point(0, 0), point(1, 0)));
    Picture picture = new Picture(figure.drawHeights());
    Picture.assertFits(picture.image());
    double[] rows =
        IntStream.of(200, 400, 600)
            .mapToDouble(column -> row(picture, column, Theme.ofGroup(0).getRGB()))
            .toArray();
    assertTrue(rows[2] > rows[0] + 80, "it goes down");
    assertEquals(rows[2] - rows[1], rows[1] - rows[0], 3);
    Picture plot = picture.part(80, 0, Theme.WIDTH, 260);
    assertEquals(0, plot.count(Theme.ofGroup(1)), "a single point before the bottom has no line");
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    assertThrows(IllegalArgumentException.class, () -> ValleyFigure.of((p, q) -> 0, 0, 1));
    ValleyFigure figure = ValleyFigure.of((p, q) -> p * p + q * q, 1, 1);
    assertThrows(IllegalStateException.class, figure::draw);
    assertThrows(IllegalStateException.class, figure::drawHeights);
    assertThrows(IllegalArgumentException.class, () -> figure.path("none", List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> figure.path("one", List.of(new double[] {1})));
    figure.path("twice", List.of(point(0, 0)));
    assertThrows(IllegalArgumentException.class, () -> figure.path("twice", List.of(point(0, 0))));
  }

  private static ValleyFigure figure() {
    return ValleyFigure.of((p, q) -> p * p + 20 * q * q, 5, 2);
  }

  private static Picture valley(List<double[]> points) {
    return new Picture(figure().path("SGD", points).draw());
  }

  private static double[] point(double p, double q) {
    return new double[] {p, q};
  }

  /** The plot of the first panel reaches from column 56 to 16 before its right edge. */
  private static int columnOf(double p) {
    return (int) (56 + (PANEL - 72) * (1 + p / 5) / 2);
  }

  /** The mean row of a colour's pixels in a column. */
  private static double row(Picture picture, int column, int rgb) {
    return IntStream.range(0, 260)
        .filter(y -> picture.image().getRGB(column, y) == rgb)
        .average()
        .orElseThrow();
  }

  private static int red(Picture picture) {
    return picture.image().getRGB(2, 2) >> 16 & 0xFF;
  }
}
