package journey.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Ways downhill on a loss of two parameters. Seen from above, a panel for each: bands of similar
 * height, darker where it is lower, and on them the path. Each band is three times as high as the
 * one inside it, and the cross marks the origin, where the loss should be lowest. Or seen from the
 * side, all in one chart: the height after each step, on a logarithmic axis.
 *
 * <pre>{@code
 * var valley = ValleyFigure.of((p, q) -> p * p + 20 * q * q, 5, 2).path("SGD", points);
 * valley.draw()
 * valley.drawHeights()
 * }</pre>
 */
public final class ValleyFigure {

  private static final int COLUMNS = 2;
  private static final int LEFT = 56;
  private static final int TOP = 34;
  private static final int BOTTOM = 48;
  private static final int RIGHT = 16;
  private static final int CELL_WIDTH = Theme.WIDTH / COLUMNS;
  private static final int CELL_HEIGHT = 252;
  private static final int PLOT_WIDTH = CELL_WIDTH - LEFT - RIGHT;
  private static final int PLOT_HEIGHT = CELL_HEIGHT - TOP - BOTTOM;
  private static final int CHART_HEIGHT = 330;
  private static final int TICK = 8;
  private static final int BANDS = 8;
  private static final double DOT = 5;
  private static final Color LOWEST = new Color(0xB9CDDF);
  private static final Color HIGHEST = new Color(0xFBFCFE);

  private final DoubleBinaryOperator loss;
  private final double halfWidth;
  private final double halfHeight;
  private final Map<String, List<double[]>> paths = new LinkedHashMap<>();

  private ValleyFigure(DoubleBinaryOperator loss, double halfWidth, double halfHeight) {
    this.loss = loss;
    this.halfWidth = halfWidth;
    this.halfHeight = halfHeight;
  }

  /**
   * A valley without paths.
   *
   * @param loss its height above the bottom at two parameters, lowest at the origin, where it is 0
   * @param halfWidth half the visible range of the first parameter
   * @param halfHeight half the visible range of the second
   * @throws IllegalArgumentException if one of the two is not above 0
   */
  public static ValleyFigure of(DoubleBinaryOperator loss, double halfWidth, double halfHeight) {
    if (!(halfWidth > 0) || !(halfHeight > 0)) {
      throw new IllegalArgumentException(
          "the visible range must be above 0 in both directions, but it is %s and %s"
              .formatted(halfWidth, halfHeight));
    }
    return new ValleyFigure(loss, halfWidth, halfHeight);
  }

  /**
   * Adds a path, in the next colour and in a panel of its own. What leaves the panel is cut off.
   *
   * @param name what stands above its panel, and in the legend of the heights
   * @param points the two parameters after each step, the first being the start
   * @return this figure
   * @throws IllegalArgumentException if there is no point, one has not two numbers, the name is
   *     there already, or there are more names than colours
   */
  public ValleyFigure path(String name, List<double[]> points) {
    Curve.checkNext(paths.keySet(), name);
    if (points.isEmpty() || points.stream().anyMatch(point -> point.length != 2)) {
      throw new IllegalArgumentException(
          "the path \"%s\" needs points, each of two parameters".formatted(name));
    }
    paths.put(name, points.stream().map(double[]::clone).toList());
    return this;
  }

  /**
   * The paths from above, two panels in a row.
   *
   * @throws IllegalStateException if there is no path
   */
  public BufferedImage draw() {
    requirePaths();
    int columns = Math.min(COLUMNS, paths.size());
    int rows = (paths.size() + columns - 1) / columns;
    BufferedImage image = Theme.blank(columns * CELL_WIDTH, rows * CELL_HEIGHT);
    int i = 0;
    for (String name : paths.keySet()) {
      int left = i % columns * CELL_WIDTH;
      int top = i / columns * CELL_HEIGHT;
      draw(image.getSubimage(left, top, CELL_WIDTH, CELL_HEIGHT), name, Theme.ofGroup(i++));
    }
    return image;
  }

  /**
   * The height after each step. A path that diverges, or comes to lie at the very bottom, ends
   * there.
   *
   * @throws IllegalStateException if there is no path
   */
  public BufferedImage drawHeights() {
    requirePaths();
    List<Curve> curves = paths.keySet().stream().map(this::heights).toList();
    var range = curves.stream().flatMapToDouble(c -> Arrays.stream(c.y())).summaryStatistics();
    double lowest = range.getCount() == 0 ? 0 : range.getMin();
    double highest = range.getCount() == 0 ? 0 : range.getMax();
    int steps = paths.values().stream().mapToInt(List::size).max().orElse(1) - 1;
    XYChart chart = Theme.chart(Theme.WIDTH, CHART_HEIGHT, "", "step", "height");
    Theme.wholeNumbers(chart, 0, steps);
    LogAxis.around(lowest, highest).vertical(chart.getStyler(), CHART_HEIGHT);
    Theme.frame(chart, 0, Math.max(1, steps), highest);
    Curve.draw(chart, curves);
    return Theme.draw(chart);
  }

  private void requirePaths() {
    if (paths.isEmpty()) {
      throw new IllegalStateException("nothing to draw: add a path first");
    }
  }

  private Curve heights(String name) {
    double[] logs =
        paths.get(name).stream()
            .mapToDouble(point -> Math.log10(loss.applyAsDouble(point[0], point[1])))
            .takeWhile(Double::isFinite)
            .toArray();
    double[] steps = IntStream.range(0, logs.length).asDoubleStream().toArray();
    return new Curve(name, steps, logs, null, null, SeriesMarkers.NONE);
  }

  private void draw(BufferedImage cell, String name, Color colour) {
    paintBands(cell);
    Graphics2D g = Theme.pen(cell);
    g.setFont(Theme.BOLD);
    Theme.centred(g, name, LEFT + PLOT_WIDTH / 2, TOP - TICK);
    axes(g);
    g.clipRect(LEFT, TOP, PLOT_WIDTH, PLOT_HEIGHT);
    paint(g, paths.get(name), colour);
    cross(g);
    g.dispose();
  }

  private void paintBands(BufferedImage cell) {
    double highest = loss.applyAsDouble(halfWidth, halfHeight);
    for (int row = 0; row < PLOT_HEIGHT; row++) {
      for (int column = 0; column < PLOT_WIDTH; column++) {
        double p = (2.0 * column / PLOT_WIDTH - 1) * halfWidth;
        double q = (1 - 2.0 * row / PLOT_HEIGHT) * halfHeight;
        double below = Math.log(highest / loss.applyAsDouble(p, q)) / Math.log(3);
        int band = (int) Math.max(0, Math.min(BANDS, Math.floor(below)));
        Color shade = ColourScale.between(HIGHEST, LOWEST, (double) band / BANDS);
        cell.setRGB(LEFT + column, TOP + row, shade.getRGB());
      }
    }
  }

  private void axes(Graphics2D g) {
    g.setFont(Theme.SMALL);
    g.setColor(Theme.QUIET_TEXT);
    for (int p = (int) -halfWidth; p <= halfWidth; p++) {
      Theme.centred(g, Integer.toString(p), (int) x(p), CELL_HEIGHT - BOTTOM + 2 * TICK);
    }
    for (int q = (int) -halfHeight; q <= halfHeight; q++) {
      String text = Integer.toString(q);
      int width = Theme.width(text, Theme.SMALL);
      g.drawString(text, LEFT - TICK - width, (int) y(q) + TICK / 2);
    }
    g.setColor(Theme.TEXT);
    Theme.centred(g, "first parameter", LEFT + PLOT_WIDTH / 2, CELL_HEIGHT - TICK);
    var upright = (Graphics2D) g.create();
    upright.rotate(-Math.PI / 2);
    Theme.centred(upright, "second parameter", -(TOP + PLOT_HEIGHT / 2), 2 * TICK);
    upright.dispose();
  }

  private void paint(Graphics2D g, List<double[]> points, Color colour) {
    var line = new Path2D.Double();
    List<double[]> finite = new ArrayList<>();
    for (double[] point : points) {
      if (!Double.isFinite(point[0]) || !Double.isFinite(point[1])) {
        break;
      }
      finite.add(new double[] {x(point[0]), y(point[1])});
    }
    for (double[] at : finite) {
      if (line.getCurrentPoint() == null) {
        line.moveTo(at[0], at[1]);
      } else {
        line.lineTo(at[0], at[1]);
      }
    }
    g.setColor(colour);
    g.setStroke(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(line);
    for (double[] at : finite) {
      g.fill(new Ellipse2D.Double(at[0] - DOT / 2, at[1] - DOT / 2, DOT, DOT));
    }
  }

  private void cross(Graphics2D g) {
    g.setColor(Theme.TEXT);
    g.setStroke(new BasicStroke(2));
    int x = (int) x(0);
    int y = (int) y(0);
    g.drawLine(x - TICK, y, x + TICK, y);
    g.drawLine(x, y - TICK, x, y + TICK);
  }

  private double x(double p) {
    return LEFT + PLOT_WIDTH * (1 + p / halfWidth) / 2;
  }

  private double y(double q) {
    return TOP + PLOT_HEIGHT * (1 - q / halfHeight) / 2;
  }
}
