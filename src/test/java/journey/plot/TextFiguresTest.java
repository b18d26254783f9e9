package journey.plot;

import static journey.plot.Picture.assertFits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class TextFiguresTest {

  @Test
  void eachWordAddsAStepWithItsGradients() {
    BufferedImage two = UnrolledDiagram.of("who", "was").draw();
    BufferedImage three = UnrolledDiagram.of("who", "was", "he").draw();
    assertTrue(three.getWidth() - two.getWidth() > 100);
    assertTrue(
        new Picture(three).count(Theme.VALIDATION) > new Picture(two).count(Theme.VALIDATION));
    assertTrue(new Picture(three).count(Theme.TRAIN) > new Picture(two).count(Theme.TRAIN));
    assertFits(UnrolledDiagram.of("who", "was", "he", "?").draw());
    assertThrows(IllegalArgumentException.class, UnrolledDiagram::of);
    assertThrows(IllegalArgumentException.class, () -> UnrolledDiagram.of("a", "b", "c", "d", "e"));
  }

  @Test
  void aMapShowsEachGroupInItsColourAtItsPlace() {
    WordMap map =
        WordMap.of("first", "second")
            .add("left", List.of("a", "b"), new double[] {0, 0.1}, new double[] {0, 1})
            .add("right", List.of("c"), new double[] {1}, new double[] {0.5});
    Picture picture = new Picture(map.draw());
    Picture below = picture.part(0, 40, picture.image().getWidth(), picture.image().getHeight());
    assertTrue(below.middle(Theme.ofGroup(0)) < below.middle(Theme.ofGroup(1)));
    assertFits(picture.image());
  }

  @Test
  void distancesAreTheSameInBothDirections() {
    List<String> noWords = List.of("", "", "");
    double[] x = {0, 0, 1};
    double[] y = {0, 1, 0};
    Picture plane = new Picture(WordMap.of("", "").add("", noWords, x, y).draw());
    Picture turned = new Picture(WordMap.of("", "").add("", noWords, y, x).draw());
    int width = plane.rightmost(Theme.ofGroup(0));
    assertEquals(width, turned.rightmost(Theme.ofGroup(0)));
    assertTrue(width < Theme.WIDTH * 2 / 3, "a square does not fill a page's width: " + width);
  }

  @Test
  void aWordThatWouldCoverAnotherHasOnlyItsDot() {
    double[] same = {0.5, 0.5, 0.9};
    int apart = pixels(List.of("word", "", "x"), same);
    assertEquals(apart, pixels(List.of("word", "word", "x"), same), 6);
    assertNotEquals(apart, pixels(List.of("word", "", "xyz"), same), 6);
  }

  private static int pixels(List<String> words, double[] places) {
    return new Picture(WordMap.of("x", "y").add("g", words, places, places).draw())
        .count(Theme.ofGroup(0));
  }

  @Test
  void aWordNeedsAFinitePlace() {
    WordMap map = WordMap.of("x", "y");
    assertThrows(IllegalStateException.class, map::draw);
    double[] one = {0};
    for (double[] y : new double[][] {{}, {Double.NaN}, {1, 2}}) {
      assertThrows(IllegalArgumentException.class, () -> map.add("g", List.of("a"), one, y));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> map.add("g", List.of(), new double[0], new double[0]));
    map.add("g", List.of("a"), one, one);
    assertThrows(IllegalArgumentException.class, () -> map.add("g", List.of("b"), one, one));
  }

  @Test
  void depthMayBeTimeSteps() {
    var ones = List.of(Nd4j.ones(3), Nd4j.ones(3).mul(10));
    BufferedImage layers = DepthFigure.of("size").add("a", ones).draw();
    BufferedImage steps = DepthFigure.of("size").along("time step").add("a", ones).draw();
    assertEquals(layers.getWidth(), steps.getWidth());
    assertNotEquals(new Picture(layers).count(Theme.TEXT), new Picture(steps).count(Theme.TEXT));
    var problem =
        assertThrows(
            IllegalArgumentException.class,
            () -> DepthFigure.of("size").along("time step").add("a", List.of()));
    assertTrue(problem.getMessage().contains("time step"), problem::getMessage);
  }
}
