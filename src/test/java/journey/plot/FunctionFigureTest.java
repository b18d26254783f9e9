package journey.plot;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class FunctionFigureTest {

  @Test
  void drawsACurveThatRises() {
    BufferedImage picture = FunctionFigure.draw("rising", "x", "y", -1, 1, x -> x);
    int left = topOfCurve(picture, picture.getWidth() / 3);
    int right = topOfCurve(picture, 2 * picture.getWidth() / 3);
    assertTrue(left > right, () -> left + " is not below " + right);
  }

  @Test
  void refusesAnEmptyRange() {
    assertThrows(
        IllegalArgumentException.class, () -> FunctionFigure.draw("t", "x", "y", 1, 1, x -> x));
    assertThrows(
        IllegalArgumentException.class,
        () -> FunctionFigure.draw("t", "x", "y", Double.NaN, 1, x -> x));
  }

  private static int topOfCurve(BufferedImage picture, int column) {
    int blue = Theme.TRAIN.getRGB();
    for (int row = 0; row < picture.getHeight(); row++) {
      if (picture.getRGB(column, row) == blue) {
        return row;
      }
    }
    throw new AssertionError("no curve in column " + column);
  }
}
