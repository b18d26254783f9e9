package journey.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.DoubleStream;
import tech.tablesaw.api.Table;

/**
 * What a Gaussian process believes of a function of two numbers: its mean, and beside it how unsure
 * it is, each in bands of one colour, darker where it is larger. The trials are dots.
 *
 * <pre>{@code
 * SurfaceFigure.of(surface).trials(table).draw()
 * }</pre>
 */
public final class SurfaceFigure {

  private static final int PANEL = Theme.WIDTH / 2;
  private static final int LEFT = 62;
  private static final int TOP = 34;
  private static final int SIDE = 300;
  private static final int HEIGHT = TOP + SIDE + 86;
  private static final int BAR_TOP = TOP + SIDE + 56;
  private static final int BAR = 10;
  private static final int TICKS = 4;
  private static final int BANDS = 12;
  private static final double DOT = 6;

  private final String xName;
  private final String yName;
  private final int points;
  private final double[] x;
  private final double[] y;
  private final double[] mean;
  private final double[] deviation;
  private double[][] trials = new double[0][];

  private SurfaceFigure(Table surface, int points) {
    this.points = points;
    this.xName = surface.column(0).name();
    this.yName = surface.column(1).name();
    double[] everyX = surface.numberColumn(0).asDoubleArray();
    double[] everyY = surface.numberColumn(1).asDoubleArray();
    this.x = new double[points];
    this.y = new double[points];
    for (int i = 0; i < points; i++) {
      x[i] = everyX[i];
      y[i] = everyY[i * points];
    }
    this.mean = surface.numberColumn("mean").asDoubleArray();
    this.deviation = surface.numberColumn("deviation").asDoubleArray();
  }

  /**
   * A figure of a surface.
   *
   * @param surface a row for each point of a square grid, row by row: the first number, which rises
   *     within a row of the grid, the second, which rises from one to the next, and the columns
   *     {@code mean} and {@code deviation}. The axes are spread as the grid is.
   * @throws IllegalArgumentException if it is no square grid of at least two points
   */
  public static SurfaceFigure of(Table surface) {
    int points = (int) Math.round(Math.sqrt(surface.rowCount()));
    if (points < 2 || points * points != surface.rowCount()) {
      throw new IllegalArgumentException(
          "expected a square grid of at least 4 points, but there are " + surface.rowCount());
    }
    return new SurfaceFigure(surface, points);
  }

  /**
   * Draws trials as dots.
   *
   * @param table a row for each, with columns of the names of the two numbers
   * @return this figure
   */
  public SurfaceFigure trials(Table table) {
    Table both =
        table.dropWhere(table.column(xName).isMissing().or(table.column(yName).isMissing()));
    trials =
        new double[][] {
          both.numberColumn(xName).asDoubleArray(), both.numberColumn(yName).asDoubleArray()
        };
    return this;
  }

  /** The picture. */
  public BufferedImage draw() {
    BufferedImage image = Theme.blank(Theme.WIDTH, HEIGHT);
    panel(image.getSubimage(0, 0, PANEL, HEIGHT), "score believed in", mean, Theme.TRAIN);
    panel(
        image.getSubimage(PANEL, 0, PANEL, HEIGHT),
        "standard deviation of that belief",
        deviation,
        Theme.VALIDATION);
    return image;
  }

  private void panel(BufferedImage panel, String title, double[] values, Color colour) {
    double low = DoubleStream.of(values).min().orElseThrow();
    double high = DoubleStream.of(values).max().orElseThrow();
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        double value = between(values, column / (SIDE - 1.0), 1 - row / (SIDE - 1.0));
        double share = high > low ? (value - low) / (high - low) : 0;
        panel.setRGB(LEFT + column, TOP + row, shade(share, colour).getRGB());
      }
    }
    Graphics2D g = Theme.pen(panel);
    g.setFont(Theme.BOLD);
    Theme.centred(g, title, LEFT + SIDE / 2, TOP - 12);
    axes(g);
    bar(g, low, high, colour);
    dots(g);
    g.dispose();
  }

  /** The value at a share of the way along both axes, from the four grid points around it. */
  private double between(double[] values, double alongX, double alongY) {
    double column = alongX * (points - 1);
    double row = alongY * (points - 1);
    int c = Math.min(points - 2, (int) column);
    int r = Math.min(points - 2, (int) row);
    double below = mix(values[r * points + c], values[r * points + c + 1], column - c);
    double above = mix(values[(r + 1) * points + c], values[(r + 1) * points + c + 1], column - c);
    return mix(below, above, row - r);
  }

  private static double mix(double a, double b, double t) {
    return a + t * (b - a);
  }

  private static Color shade(double share, Color colour) {
    double band = Math.min(BANDS - 1, Math.floor(BANDS * share)) / (BANDS - 1);
    return ColourScale.between(Color.WHITE, colour, band);
  }

  private void axes(Graphics2D g) {
    g.setFont(Theme.SMALL);
    g.setColor(Theme.QUIET_TEXT);
    g.drawRect(LEFT - 1, TOP - 1, SIDE + 1, SIDE + 1);
    for (int i = 0; i <= TICKS; i++) {
      int at = i * (SIDE - 1) / TICKS;
      Theme.centred(g, text(at(x, (double) i / TICKS)), LEFT + at, TOP + SIDE + 16);
      String value = text(at(y, (double) i / TICKS));
      g.drawString(value, LEFT - 6 - Theme.width(value, Theme.SMALL), TOP + SIDE - at + 4);
    }
    g.setColor(Theme.TEXT);
    Theme.centred(g, xName, LEFT + SIDE / 2, TOP + SIDE + 34);
    var upright = (Graphics2D) g.create();
    upright.rotate(-Math.PI / 2);
    Theme.centred(upright, yName, -(TOP + SIDE / 2), 14);
    upright.dispose();
  }

  private static void bar(Graphics2D g, double low, double high, Color colour) {
    for (int i = 0; i < SIDE; i++) {
      g.setColor(shade((double) i / SIDE, colour));
      g.fillRect(LEFT + i, BAR_TOP, 1, BAR);
    }
    g.setColor(Theme.QUIET_TEXT);
    g.drawRect(LEFT - 1, BAR_TOP - 1, SIDE + 1, BAR + 1);
    Theme.centred(g, text(low), LEFT, BAR_TOP + BAR + 15);
    Theme.centred(g, text(high), LEFT + SIDE, BAR_TOP + BAR + 15);
  }

  private void dots(Graphics2D g) {
    g.setStroke(new BasicStroke(1));
    for (int i = 0; trials.length > 0 && i < trials[0].length; i++) {
      double column = LEFT + along(x, trials[0][i]) * SIDE;
      double row = TOP + SIDE - along(y, trials[1][i]) * SIDE;
      var dot = new Ellipse2D.Double(column - DOT / 2, row - DOT / 2, DOT, DOT);
      g.setColor(Color.WHITE);
      g.fill(dot);
      g.setColor(Theme.TEXT);
      g.draw(dot);
    }
  }

  /** The value of an axis at a share of its length. */
  private static double at(double[] axis, double share) {
    return axis[(int) Math.round(share * (axis.length - 1))];
  }

  /** The share of an axis' length at which a value lies. */
  private static double along(double[] axis, double value) {
    int next = 1;
    while (next < axis.length - 1 && axis[next] < value) {
      next++;
    }
    double low = axis[next - 1];
    double high = axis[next];
    double within = high > low ? (value - low) / (high - low) : 0;
    return (next - 1 + Math.min(1, Math.max(0, within))) / (axis.length - 1);
  }

  private static String text(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
