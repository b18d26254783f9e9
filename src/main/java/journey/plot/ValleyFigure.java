package journey.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * Ways downhill on a loss of two parameters, seen from above: bands of similar height, darker where
 * it is lower, and on them a path for each optimizer. Each band is three times as high as the one
 * inside it. The cross marks the origin, where the loss should be lowest.
 *
 * <pre>{@code
 * ValleyFigure.of((p, q) -> p * p + 20 * q * q, 5, 2).path("SGD", points).draw()
 * }</pre>
 */
public final class ValleyFigure {

  private static final int LEFT = 56;
  private static final int TOP = 40;
  private static final int BOTTOM = 48;
  private static final int RIGHT = 16;
  private static final int HEIGHT = 430;
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
   * Adds a path, in the next colour. What leaves the picture is cut off.
   *
   * @param name its name in the legend
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

  /** The picture. */
  public BufferedImage draw() {
    BufferedImage image = Theme.blank(Theme.WIDTH, HEIGHT);
    Graphics2D g = Theme.pen(image);
    paintBands(image);
    axes(g);
    legend(g);
    g.clipRect(LEFT, TOP, plotWidth(), plotHeight());
    int i = 0;
    for (List<double[]> points : paths.values()) {
      paint(g, points, Theme.ofGroup(i++));
    }
    cross(g);
    g.dispose();
    return image;
  }

  private void paintBands(BufferedImage image) {
    double highest = loss.applyAsDouble(halfWidth, halfHeight);
    for (int row = 0; row < plotHeight(); row++) {
      for (int column = 0; column < plotWidth(); column++) {
        double p = (2.0 * column / plotWidth() - 1) * halfWidth;
        double q = (1 - 2.0 * row / plotHeight()) * halfHeight;
        double below = Math.log(highest / loss.applyAsDouble(p, q)) / Math.log(3);
        int band = (int) Math.max(0, Math.min(BANDS, Math.floor(below)));
        Color shade = ColourScale.between(HIGHEST, LOWEST, (double) band / BANDS);
        image.setRGB(LEFT + column, TOP + row, shade.getRGB());
      }
    }
  }

  private void axes(Graphics2D g) {
    g.setFont(Theme.SMALL);
    g.setColor(Theme.QUIET_TEXT);
    for (int p = (int) -halfWidth; p <= halfWidth; p++) {
      Theme.centred(g, Integer.toString(p), (int) x(p), HEIGHT - BOTTOM + 2 * TICK);
    }
    for (int q = (int) -halfHeight; q <= halfHeight; q++) {
      String text = Integer.toString(q);
      int width = Theme.width(text, Theme.SMALL);
      g.drawString(text, LEFT - TICK - width, (int) y(q) + TICK / 2);
    }
    g.setFont(Theme.PLAIN);
    g.setColor(Theme.TEXT);
    Theme.centred(g, "first parameter", LEFT + plotWidth() / 2, HEIGHT - TICK);
    var upright = (Graphics2D) g.create();
    upright.rotate(-Math.PI / 2);
    Theme.centred(upright, "second parameter", -(TOP + plotHeight() / 2), 2 * TICK);
    upright.dispose();
  }

  private void legend(Graphics2D g) {
    int x = LEFT;
    int i = 0;
    g.setFont(Theme.PLAIN);
    for (String name : paths.keySet()) {
      g.setColor(Theme.ofGroup(i++));
      g.fillRect(x, TOP / 2 - 2, 3 * TICK, 4);
      g.setColor(Theme.TEXT);
      g.drawString(name, x + 4 * TICK, TOP / 2 + TICK / 2);
      x += 7 * TICK + Theme.width(name, Theme.PLAIN);
    }
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
    return LEFT + plotWidth() * (1 + p / halfWidth) / 2;
  }

  private double y(double q) {
    return TOP + plotHeight() * (1 - q / halfHeight) / 2;
  }

  private static int plotWidth() {
    return Theme.WIDTH - LEFT - RIGHT;
  }

  private static int plotHeight() {
    return HEIGHT - TOP - BOTTOM;
  }
}
