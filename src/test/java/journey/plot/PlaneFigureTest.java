package journey.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class PlaneFigureTest {

  private static final INDArray POINTS = Nd4j.create(new double[][] {{-1, 1}, {1, -1}});
  private static final INDArray LABELS = Nd4j.create(new double[][] {{0}, {1}});

  /** Class 1 from the middle to the right. */
  private static final UnaryOperator<INDArray> RIGHT =
      x -> Transforms.sigmoid(x.getColumns(0).mul(40));

  @Test
  void eachSideHasTheColourOfItsClass() {
    Picture plot = plot(figure().panel("right", RIGHT));
    int width = plot.image().getWidth();
    int height = plot.image().getHeight();
    for (int c = 0; c < 2; c++) {
      var strong = ColourScale.between(Color.WHITE, Theme.ofClass(c), .75);
      Picture half = plot.part(c * width / 2, 0, (c + 1) * width / 2, height);
      Picture other = plot.part((1 - c) * width / 2, 0, (2 - c) * width / 2, height);
      assertTrue(half.count(strong) > .8 * width / 2 * height, "class " + c);
      assertEquals(0, other.count(strong), "class " + c);
    }
  }

  @Test
  void theLineStandsWhereTheAnswerChanges() {
    Picture plot = plot(figure().panel("right", RIGHT));
    int middle = plot.image().getWidth() / 2;
    assertEquals(middle, plot.part(0, 90, middle * 2, 140).middle(Theme.TEXT), 2);
  }

  @Test
  void hiddenNeuronsHaveLinesOfTheirOwn() {
    UnaryOperator<INDArray> above = x -> Transforms.sigmoid(x.getColumns(1).mul(3));
    UnaryOperator<INDArray> two = x -> Nd4j.hstack(above.apply(x), RIGHT.apply(x));
    int without = plot(figure().panel("right", RIGHT)).count(Theme.REFERENCE);
    int with = plot(figure().panel("right", RIGHT, two)).count(Theme.REFERENCE);
    assertEquals(0, without);
    assertEquals(plot(figure().panel("right", RIGHT)).image().getWidth(), with, 12);
  }

  @Test
  void aPanelKeepsWhatTheClassifierWas() {
    double[] slope = {40};
    UnaryOperator<INDArray> learning = x -> Transforms.sigmoid(x.getColumns(0).mul(slope[0]));
    PlaneFigure figure = figure().panel("before", learning);
    slope[0] = -40;
    var strong = ColourScale.between(Color.WHITE, Theme.ofClass(1), .75);
    Picture right = plot(figure).part(160, 20, 220, 200);
    assertEquals(60 * 180, right.count(strong), 60);
  }

  @Test
  void manyPanelsStayASmallFile() {
    INDArray points = Nd4j.randn(120, 2);
    PlaneFigure figure = PlaneFigure.of(points, points.getColumns(0).gt(0).reshape(120, 1), 2);
    for (int i = 1; i <= 6; i++) {
      double steepness = i;
      figure.panel("epoch " + i, x -> Transforms.sigmoid(x.prod(1).reshape(-1, 1).mul(steepness)));
    }
    var picture = new Picture(figure.draw());
    assertTrue(picture.image().getWidth() <= Theme.WIDTH);
    assertTrue(picture.pngBytes() < 100_000, picture.pngBytes() + " bytes");
  }

  @Test
  void refusesWhatIsNoPlane() {
    INDArray three = Nd4j.zeros(2, 3);
    assertThrows(IllegalArgumentException.class, () -> PlaneFigure.of(three, LABELS, 1));
    assertThrows(IllegalArgumentException.class, () -> PlaneFigure.of(POINTS, POINTS, 1));
    assertThrows(IllegalArgumentException.class, () -> PlaneFigure.of(POINTS, LABELS, 0));
    assertThrows(IllegalStateException.class, figure()::draw);
  }

  private static PlaneFigure figure() {
    return PlaneFigure.of(POINTS, LABELS, 2).axes("left", "right").classes("a", "b");
  }

  /** The plot of the first panel. */
  private static Picture plot(PlaneFigure figure) {
    return new Picture(figure.draw()).part(50, 30, 278, 258);
  }
}
