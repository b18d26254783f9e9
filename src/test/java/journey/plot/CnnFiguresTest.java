package journey.plot;

import static journey.plot.Picture.assertFits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import journey.metrics.Estimate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CnnFiguresTest {

  private static final int GAP = 8;

  @Test
  void aFilterIsOfTheColourItLikes() {
    INDArray filters = Nd4j.zeros(DataType.FLOAT, 2, 3, 2, 2);
    filters.putScalar(new int[] {0, 1, 0, 1}, 0.5);
    filters.putScalar(new int[] {1, 0, 1, 0}, -4);
    BufferedImage picture = FilterPicture.of(filters).draw();
    assertEquals(new Color(128, 255, 128), at(picture, GAP + 20, GAP));
    assertEquals(new Color(128, 128, 128), at(picture, GAP, GAP));
    int second = GAP + 40 + GAP;
    assertEquals(new Color(0, 128, 128), at(picture, second, GAP + 39));
    assertEquals(new Color(128, 128, 128), at(picture, second + 20, GAP + 39));
  }

  @Test
  void aFilterOverOneChannelGoesFromBlueToRed() {
    INDArray filter = Nd4j.createFromArray(2f, -2f, 0f, 1f).reshape(1, 1, 2, 2);
    BufferedImage picture = FilterPicture.of(filter).draw();
    assertEquals(ColourScale.diverging(1), at(picture, GAP, GAP));
    assertEquals(ColourScale.diverging(-1), at(picture, GAP + 20, GAP));
  }

  @Test
  void manyFiltersFitIntoANotebook() {
    Nd4j.getRandom().setSeed(3);
    assertFits(FilterPicture.of(Nd4j.randn(DataType.FLOAT, 64, 3, 3, 3)).draw());
  }

  @Test
  void theStrongestMapsComeFirst() {
    INDArray maps = Nd4j.zeros(DataType.FLOAT, 3, 4, 4);
    maps.putScalar(1, 0, 0, 1);
    maps.putScalar(2, 3, 3, 5);
    BufferedImage picture = FeatureMapPicture.of(2).row("", maps).draw();
    Color strongest = new Color(0x084594);
    int second = picture.getWidth() - GAP - 64;
    int first = second - GAP - 64;
    assertEquals(strongest, at(picture, first + 63, GAP + 63));
    assertEquals(Color.WHITE, at(picture, first, GAP));
    assertEquals(strongest, at(picture, second, GAP));
    assertEquals(2 * 16 * 16, new Picture(picture).count(strongest));
  }

  @Test
  void aSingleMapHasAPixelForEachNumber() {
    INDArray map = Nd4j.createFromArray(new float[][] {{-1, 0, 1}, {2, 4, 0}});
    BufferedImage picture = FeatureMapPicture.map(map);
    assertEquals(3, picture.getWidth());
    assertEquals(2, picture.getHeight());
    assertEquals(Color.WHITE, at(picture, 0, 0));
    assertEquals(Color.WHITE, at(picture, 1, 0));
    assertEquals(new Color(0x084594), at(picture, 1, 1));
    assertTrue(at(picture, 2, 0).getRed() > at(picture, 0, 1).getRed());
    assertMessage("[6]", () -> FeatureMapPicture.map(map.reshape(6)));
  }

  @Test
  void fiveRowsOfTenMapsFitIntoANotebook() {
    Nd4j.getRandom().setSeed(3);
    var picture = FeatureMapPicture.of(10);
    for (int row = 0; row < 5; row++) {
      picture.row("max pooling " + row, Nd4j.rand(DataType.FLOAT, 16, 32 >> row, 32 >> row));
    }
    assertFits(picture.draw());
  }

  @Test
  void heatColoursAGreyPicture() {
    var picture = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
    IntStream.range(0, 3).forEach(x -> picture.setRGB(x, 0, new Color(200, 100, 50).getRGB()));
    BufferedImage overlay = HeatOverlay.of(picture, new double[][] {{0, 2, -9}}, 2).draw();
    Color cold = at(overlay, 0, 0);
    assertEquals(cold.getRed(), cold.getBlue());
    assertTrue(at(overlay, 1, 0).getRed() > at(overlay, 1, 0).getBlue() + 60);
    assertTrue(at(overlay, 2, 0).getBlue() > at(overlay, 2, 0).getRed() + 60);
  }

  @Test
  void theIntervalIsDrawnWhereItLies() {
    Estimate wide = Estimate.proportion(50, 100);
    Estimate narrow = Estimate.proportion(5_000, 10_000);
    BufferedImage drawn = IntervalFigure.of("share").row("wide", wide).row("slim", narrow).draw();
    double ratio = pixels(drawn, 34 + 15) / pixels(drawn, 34 + 45);
    double widths = width(wide) / width(narrow);
    assertEquals(widths, ratio, 0.15 * widths);
    assertFits(drawn);
  }

  @Test
  void theMarkStandsAtTheReference() {
    Estimate half = Estimate.proportion(50_000, 100_000);
    Picture same = row(IntervalFigure.of("share").row("a", half, 0.5).draw());
    Picture above = row(IntervalFigure.of("share").row("a", half, 0.54).draw());
    assertEquals(same.middle(Theme.TRAIN), same.middle(Theme.REFERENCE), 1.5);
    assertTrue(above.middle(Theme.REFERENCE) > above.middle(Theme.TRAIN) + 50);
  }

  @Test
  void differencesMayBeBelowZero() {
    Estimate lost = Estimate.mean(-0.021, -0.018, -0.020);
    Estimate gained = Estimate.mean(0.021, 0.018, 0.020);
    BufferedImage drawn =
        IntervalFigure.of("difference").row("one", lost, 0).row("other", gained, 0).draw();
    assertTrue(row(drawn).middle(Theme.TRAIN) < row(drawn).middle(Theme.REFERENCE) - 100);
    assertFits(drawn);
  }

  @Test
  void curvesOfDifferentLengthsShareAnAxis() {
    var curves =
        CurveComparison.of("minutes", "accuracy")
            .add("quick", new double[] {1, 2}, new double[] {0.5, 0.6})
            .add("slow", new double[] {4, 8}, new double[] {0.4, 0.7})
            .level("reference", 0.55);
    Picture picture = new Picture(curves.draw());
    // The legend stands right of the plot.
    Picture plot = picture.part(0, 0, 700, picture.image().getHeight());
    assertTrue(plot.rightmost(Theme.ofGroup(0)) < plot.rightmost(Theme.ofGroup(1)) - 200);
    assertTrue(plot.count(Theme.REFERENCE) > 100);
    assertFits(picture.image());
  }

  @Test
  void whatDoesNotFitIsNamed() {
    INDArray flat = Nd4j.zeros(DataType.FLOAT, 4, 9);
    assertMessage("[4, 9]", () -> FilterPicture.of(flat));
    assertMessage(
        "diverged", () -> FilterPicture.of(Nd4j.valueArrayOf(1, Double.NaN).reshape(1, 1, 1, 1)));
    assertMessage("[4, 9]", () -> FeatureMapPicture.of(2).row("a", flat));
    var picture = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
    assertMessage("3x1", () -> HeatOverlay.of(picture, new double[2][3], 1));
    assertMessage("end is 0", () -> HeatOverlay.of(picture, new double[1][3], 0));
    var nothing = Estimate.proportion(0, 0);
    assertMessage("\"a\"", () -> IntervalFigure.of("share").row("a", nothing));
    assertThrows(IllegalStateException.class, () -> IntervalFigure.of("share").draw());
    var curves = CurveComparison.of("minutes", "accuracy");
    assertThrows(IllegalStateException.class, curves::draw);
    assertMessage("[1.0]", () -> curves.add("a", new double[] {1}, new double[0]));
  }

  /** The first row, without its name and its figure. */
  private static Picture row(BufferedImage figure) {
    return new Picture(figure).part(30, 34, 790, 64);
  }

  private static double pixels(BufferedImage image, int y) {
    return IntStream.range(0, image.getWidth())
        .filter(x -> image.getRGB(x, y) == Theme.TRAIN.getRGB())
        .count();
  }

  private static double width(Estimate estimate) {
    return estimate.interval().high() - estimate.interval().low();
  }

  private static Color at(BufferedImage image, int x, int y) {
    return new Color(image.getRGB(x, y));
  }

  private static void assertMessage(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
