package journey.plot;

import static journey.plot.Picture.assertFits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class SearchFiguresTest {

  /** Trials of which every fourth has no score; the score falls with the learning rate. */
  private static Table trials(int count) {
    var table =
        Table.create(
            IntColumn.create("trial"),
            DoubleColumn.create("learning rate"),
            StringColumn.create("optimizer"),
            DoubleColumn.create("score"));
    for (int i = 1; i <= count; i++) {
      double rate = Math.pow(10, -1 - 3.0 * (i * 7 % count) / count);
      table.intColumn(0).append(i);
      table.doubleColumn(1).append(rate);
      table.stringColumn(2).append(i % 2 == 0 ? "Adam" : "SGD");
      table.doubleColumn(3).append(i % 4 == 0 ? Double.NaN : -Math.log10(rate) / 5);
    }
    return table;
  }

  @Test
  void theBestSoFarRisesInTheColourOfItsSearch() {
    BufferedImage image =
        TrialFigure.of("accuracy").add("random", trials(30)).add("grid", trials(20)).draw();
    assertFits(image);
    var picture = new Picture(image);
    assertTrue(picture.count(Theme.ofGroup(0)) > 500);
    assertTrue(picture.rightmost(Theme.ofGroup(1)) > 100);
    Table none = trials(8).where(trials(8).doubleColumn("score").isMissing());
    var figure = TrialFigure.of("accuracy");
    assertThrows(IllegalStateException.class, figure::draw);
    assertThrows(IllegalArgumentException.class, () -> figure.add("none", none));
    figure.add("one", trials(1));
    assertThrows(IllegalArgumentException.class, () -> figure.add("one", trials(1)));
    assertFits(figure.draw());
  }

  @Test
  void eachParameterHasAPanel() {
    var figure = ParameterFigure.of(trials(40), "accuracy");
    assertThrows(IllegalStateException.class, figure::draw);
    BufferedImage image = figure.logarithmic("learning rate").linear("optimizer").draw();
    assertFits(image);
    var picture = new Picture(image);
    int middle = image.getWidth() / 2;
    Picture rates = picture.part(0, 0, middle, image.getHeight());
    // The best has the lowest rate, so it is at the left.
    assertTrue(rates.count(Theme.VALIDATION) > 10);
    assertTrue(rates.middle(Theme.VALIDATION) < 130, "" + rates.middle(Theme.VALIDATION));
    assertTrue(
        picture.part(middle, 0, image.getWidth(), image.getHeight()).count(Theme.VALIDATION) > 10);
    assertFits(
        figure.linear("trial").linear("learning rate").linear("score").linear("trial").draw());
  }

  @Test
  void onlyPositiveNumbersHaveALogarithm() {
    Table table = trials(5).addColumns(DoubleColumn.create("x", 0, 1, 2, 3, 4));
    var figure = ParameterFigure.of(table, "accuracy");
    assertThrows(IllegalArgumentException.class, () -> figure.logarithmic("x"));
    Table none = table.where(table.doubleColumn("score").isMissing());
    assertThrows(IllegalArgumentException.class, () -> ParameterFigure.of(none, "accuracy"));
  }

  @Test
  void aProjectionCountsTheValuesThatWereTried() {
    var figure = ProjectionFigure.of("learning rate", "dropout", "accuracy");
    assertThrows(IllegalStateException.class, figure::draw);
    Table random = trials(9).addColumns(DoubleColumn.create("dropout", 0, 1, 2, 3, 4, 5, 6, 7, 8));
    Table grid = random.copy();
    grid.replaceColumn(
        "learning rate",
        DoubleColumn.create("learning rate", .001, .001, .001, .01, .01, .01, .1, .1, .1));
    BufferedImage image = figure.panel("grid", grid).panel("random", random).draw();
    assertFits(image);
    int middle = image.getWidth() / 2;
    // A dashed line reaches from top to bottom of both panels of a search.
    assertEquals(3, lines(image.getSubimage(0, 0, middle, image.getHeight())));
    assertEquals(7, lines(image.getSubimage(middle, 0, middle, image.getHeight())));
    assertTrue(new Picture(image).count(Theme.VALIDATION) > 40, "the best of each, twice");
    Table none = random.where(random.doubleColumn("score").isMissing());
    assertThrows(IllegalArgumentException.class, () -> figure.panel("none", none));
  }

  /** How many dashed lines there are; one may be a pixel further left below than above. */
  private static int lines(BufferedImage image) {
    var picture = new Picture(image);
    int[] dashed =
        IntStream.range(0, image.getWidth())
            .filter(x -> picture.countInColumn(x, Theme.REFERENCE) > 50)
            .toArray();
    return (int)
        IntStream.range(0, dashed.length)
            .filter(i -> i == 0 || dashed[i] - dashed[i - 1] > 4)
            .count();
  }

  @Test
  void aBeliefIsMarkedWhereTheImprovementIsLargest() {
    double[] x = IntStream.range(0, 101).mapToDouble(i -> i / 100.0).toArray();
    Table belief =
        Table.create(
            DoubleColumn.create("x", x),
            DoubleColumn.create("mean", DoubleStream.of(x).map(Math::sin)),
            DoubleColumn.create("deviation", DoubleStream.of(x).map(v -> v / 4)),
            DoubleColumn.create("improvement", DoubleStream.of(x).map(v -> v * (1.5 - v))));
    Table tried =
        Table.create(DoubleColumn.create("x", 0, 0.5), DoubleColumn.create("score", 0, 0.4));
    var figure = BeliefFigure.of(belief, "accuracy");
    int without = new Picture(figure.draw()).count(Theme.TEXT);
    BufferedImage image = figure.trials(tried).draw();
    assertFits(image);
    var picture = new Picture(image);
    assertTrue(picture.count(Theme.TEXT) > without + 60, "two dots");
    assertTrue(picture.count(Theme.TRAIN) > 200, "the mean");
    int line =
        IntStream.range(0, image.getWidth())
            .reduce(0, (a, b) -> grey(picture, b) > grey(picture, a) ? b : a);
    double share = (double) line / image.getWidth();
    assertEquals(0.75, share, 0.05, "three quarters along the axis");
    assertThrows(IllegalArgumentException.class, () -> BeliefFigure.of(belief.first(1), "y"));
    belief.replaceColumn("improvement", DoubleColumn.create("improvement", new double[101]));
    assertFits(BeliefFigure.of(belief, "accuracy").draw());
  }

  private static int grey(Picture picture, int x) {
    return picture.countInColumn(x, Theme.REFERENCE);
  }

  /** High at the right, unsure at the top. */
  private static Table surface(int points) {
    int[] cells = IntStream.range(0, points * points).toArray();
    return Table.create(
        DoubleColumn.create("x", IntStream.of(cells).mapToDouble(i -> Math.pow(10, i % points))),
        DoubleColumn.create("y", IntStream.of(cells).mapToDouble(i -> i / points)),
        DoubleColumn.create("mean", IntStream.of(cells).mapToDouble(i -> i % points)),
        DoubleColumn.create("deviation", IntStream.of(cells).mapToDouble(i -> i / points)));
  }

  @Test
  void aSurfaceIsDarkestWhereItIsHighest() {
    Table dots = Table.create(DoubleColumn.create("x", 1e4, 1), DoubleColumn.create("y", 8, 0));
    BufferedImage image = SurfaceFigure.of(surface(9)).trials(dots).draw();
    assertFits(image);
    var picture = new Picture(image);
    int half = image.getWidth() / 2;
    Picture mean = picture.part(0, 34, half, 334);
    assertEquals(62 + 300, mean.rightmost(Theme.TRAIN), 2);
    assertTrue(mean.middle(Theme.TRAIN) > 330);
    Picture deviation = picture.part(half, 34, image.getWidth(), 334);
    assertTrue(deviation.count(Theme.VALIDATION) > 5_000);
    Picture dot = mean.part(206, 0, 219, 4);
    assertTrue(dot.count(Color.WHITE) > 4, "the dot of 10000, 8: in the middle of the upper edge");
    assertThrows(IllegalArgumentException.class, () -> SurfaceFigure.of(surface(3).first(8)));
  }

  @Test
  void aFlatSurfaceIsDrawn() {
    Table flat = surface(4);
    flat.replaceColumn("mean", DoubleColumn.create("mean", new double[16]));
    assertFits(SurfaceFigure.of(flat).draw());
  }
}
