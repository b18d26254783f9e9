package journey.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ValleyFigureTest {

  private static final int BELOW_LEGEND = 45;

  @Test
  void aPathLiesWhereItsPointsAre() {
    Picture picture = valley(List.of(point(-4, 1), point(-4, -1)));
    int column = columnOf(-4);
    Picture strip = picture.part(column - 1, BELOW_LEGEND, column + 2, 380);
    assertTrue(strip.count(Theme.ofGroup(0)) > 150, "a line from 1 to -1");
    Picture elsewhere = picture.part(columnOf(-3), BELOW_LEGEND, columnOf(4), 380);
    assertEquals(0, elsewhere.count(Theme.ofGroup(0)));
  }

  @Test
  void theValleyIsDarkerInside() {
    Picture picture = valley(List.of(point(-4, 1)));
    Picture middle = picture.part(columnOf(0) + 12, 195, columnOf(0) + 20, 205);
    Picture corner = picture.part(columnOf(4.8), BELOW_LEGEND, columnOf(4.9), BELOW_LEGEND + 10);
    assertTrue(red(middle) < red(corner));
  }

  @Test
  void aPathThatDivergesEndsWhereItDoes() {
    Picture picture = valley(List.of(point(-4, 1), point(Double.NaN, 0), point(4, 1)));
    Picture right = picture.part(columnOf(0), BELOW_LEGEND, columnOf(5), 380);
    assertEquals(0, right.count(Theme.ofGroup(0)));
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    assertThrows(IllegalArgumentException.class, () -> ValleyFigure.of((p, q) -> 0, 0, 1));
    ValleyFigure figure = ValleyFigure.of((p, q) -> p * p + q * q, 1, 1);
    assertThrows(IllegalArgumentException.class, () -> figure.path("none", List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> figure.path("one", List.of(new double[] {1})));
    figure.path("twice", List.of(point(0, 0)));
    assertThrows(IllegalArgumentException.class, () -> figure.path("twice", List.of(point(0, 0))));
  }

  private static Picture valley(List<double[]> points) {
    return new Picture(
        ValleyFigure.of((p, q) -> p * p + 20 * q * q, 5, 2).path("SGD", points).draw());
  }

  private static double[] point(double p, double q) {
    return new double[] {p, q};
  }

  /** The plot reaches from column 56 to 16 before the right edge. */
  private static int columnOf(double p) {
    return (int) (56 + (Theme.WIDTH - 72) * (1 + p / 5) / 2);
  }

  private static int red(Picture picture) {
    return picture.image().getRGB(2, 2) >> 16 & 0xFF;
  }
}
