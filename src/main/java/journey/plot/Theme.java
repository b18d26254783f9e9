package journey.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The look of all pictures: the same colours for the same things in every notebook, on white,
 * equally readable on a light page and on a dark one.
 *
 * @see <a href="https://jfly.uni-koeln.de/color/">M. Okabe, K. Ito, Color Universal Design</a>, the
 *     palette that people with any colour vision can tell apart
 */
final class Theme {

  /** The training part of the data. */
  static final Color TRAIN = new Color(0x0072B2);

  /** The validation part of the data. */
  static final Color VALIDATION = new Color(0xD55E00);

  /** The test part of the data. */
  static final Color TEST = new Color(0x009E73);

  /** Baselines and references. */
  static final Color REFERENCE = new Color(0x767676);

  /** The shapes of marked places, in the order in which they are taken. */
  static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.SQUARE);

  /** The width of a picture that fills a notebook's column, in pixels. */
  static final int WIDTH = 860;

  private static final int HEIGHT = 420;

  static final Color BACKGROUND = Color.WHITE;
  static final Color TEXT = new Color(0x222222);
  static final Color QUIET_TEXT = new Color(0x595959);
  static final Color GRID = new Color(0xE2E2E2);
  static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  static final Font SMALL = PLAIN.deriveFont(12f);
  static final Font BOLD = PLAIN.deriveFont(Font.BOLD, 14f);

  private static final List<Color> CLASSES =
      IntStream.of(
              0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0xCC79A7, 0x000000,
              0x8C6D31, 0x999999)
          .mapToObj(Color::new)
          .toList();

  /** Of Okabe and Ito's colours those that show as a thin line on white. */
  private static final List<Color> GROUPS =
      IntStream.of(0x0072B2, 0xD55E00, 0x009E73, 0xE69F00, 0xCC79A7, 0x56B4E9)
          .mapToObj(Color::new)
          .toList();

  private static final BasicStroke DASHED =
      new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 5}, 0);

  private static final int LEGEND = 30;
  private static final int LEGEND_LINE = 22;
  private static final int NARROWEST_TICK = 50;
  private static final int AXIS_WIDTH = 130;

  private Theme() {}

  /** The colours of all classes, and so of all groups and parts of the data. */
  static List<Color> classes() {
    return CLASSES;
  }

  /** The colour of class {@code c}; ten differ, then they begin again. */
  static Color ofClass(int c) {
    return CLASSES.get(Math.floorMod(c, CLASSES.size()));
  }

  /** The number of things that a picture can compare, each in a colour of its own. */
  static int groups() {
    return GROUPS.size();
  }

  /** The colour of the {@code i}-th thing that a picture compares, from 0. */
  static Color ofGroup(int i) {
    return GROUPS.get(i);
  }

  /** A colour that lets what lies behind it show through. */
  static Color transparent(Color colour, int alpha) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }

  /** A chart as wide as a notebook's column, with the legend right of the plot. */
  static XYChart chart(String xTitle, String yTitle) {
    XYChart chart = chart(WIDTH, HEIGHT, "", xTitle, yTitle);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
    return chart;
  }

  /** A chart with the legend below the plot. */
  static XYChart chart(int width, int height, String title, String xTitle, String yTitle) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    var styler = chart.getStyler();
    styler.setChartTitleFont(BOLD);
    styler.setChartTitleBoxVisible(false);
    styler.setAxisTitleFont(PLAIN);
    styler.setAxisTickLabelsFont(SMALL);
    styler.setAxisTickLabelsColor(QUIET_TEXT);
    styler.setAxisTickMarksColor(GRID);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setPlotBorderVisible(false);
    styler.setPlotTicksMarksVisible(false);
    styler.setChartBackgroundColor(BACKGROUND);
    styler.setPlotBackgroundColor(BACKGROUND);
    styler.setChartFontColor(TEXT);
    styler.setLegendFont(SMALL);
    styler.setLegendBorderColor(BACKGROUND);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setMarkerSize(6);
    styler.setLocale(Locale.ROOT);
    return chart;
  }

  /** Makes both axes go from 0 to 1. */
  static void shares(XYChart chart) {
    var styler = chart.getStyler();
    styler.setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
    styler.setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.0");
  }

  /**
   * A dashed line in the colour of {@link #REFERENCE}. Where it comes first in a chart, XChart puts
   * the ticks at round numbers. Without it, where all numbers of a chart are equally spaced, XChart
   * takes them for the ticks, and draws these in wrong places if the spaces are only nearly equal.
   */
  static void dashed(XYChart chart, String name, double x0, double y0, double x1, double y1) {
    double[] x = {x0, x0 + (x1 - x0) / 3, x1};
    double[] y = {y0, y0 + (y1 - y0) / 3, y1};
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(REFERENCE);
    series.setLineStyle(DASHED);
  }

  /**
   * The spacing that makes XChart put a tick at each of this many steps: between half a step and a
   * whole one. With more than a step there is no tick at all.
   */
  static int tickSpacing(int pixels, int steps) {
    return 3 * pixels / (5 * steps);
  }

  /** Draws a series as a solid line with markers in one colour. */
  static void line(XYSeries series, Color colour, Marker marker) {
    series.setLineColor(colour);
    series.setLineStyle(SeriesLines.SOLID);
    series.setLineWidth(2);
    series.setMarker(marker);
    series.setMarkerColor(colour);
  }

  /**
   * An invisible curve from {@code first} to {@code last} that makes XChart put the ticks at round
   * numbers; see {@link #dashed}. It must come first in a chart.
   */
  static void frame(XYChart chart, double first, double last, double level) {
    double[] x = {first, first + (last - first) / 3, last};
    XYSeries frame = chart.addSeries("frame", x, new double[] {level, level, level});
    frame.setShowInLegend(false);
    frame.setMarker(SeriesMarkers.NONE);
    frame.setLineStyle(SeriesLines.NONE);
  }

  /** Makes the horizontal axis one of whole numbers, such as epochs, without ticks in between. */
  static void wholeNumbers(XYChart chart, int first, int last) {
    int steps = Math.max(1, last - first);
    var styler = chart.getStyler();
    styler.setXAxisMin((double) first);
    styler.setXAxisMax((double) first + steps);
    styler.setXAxisTickMarkSpacingHint(
        Math.max(NARROWEST_TICK, tickSpacing(chart.getWidth() - AXIS_WIDTH, steps)));
    styler.setXAxisDecimalPattern("0");
  }

  /** The charts beside each other, as a picture. */
  static BufferedImage draw(XYChart... charts) {
    int width = Arrays.stream(charts).mapToInt(XYChart::getWidth).sum();
    int height = Arrays.stream(charts).mapToInt(XYChart::getHeight).max().orElse(1);
    BufferedImage image = blank(width, height);
    Graphics2D g = image.createGraphics();
    for (XYChart chart : charts) {
      chart.paint(g, chart.getWidth(), chart.getHeight());
      g.translate(chart.getWidth(), 0);
    }
    g.dispose();
    return image;
  }

  /** The same, with one legend below them all: the names in their colours as groups. */
  static BufferedImage draw(Collection<String> names, XYChart... charts) {
    Arrays.stream(charts).forEach(chart -> chart.getStyler().setLegendVisible(false));
    BufferedImage plots = draw(charts);
    List<Point> places = legend(names, plots.getWidth());
    int lines = places.get(places.size() - 1).y;
    BufferedImage image = blank(plots.getWidth(), plots.getHeight() + lines + LEGEND);
    Graphics2D g = pen(image);
    g.drawImage(plots, 0, 0, null);
    int i = 0;
    for (String name : names) {
      int x = places.get(i).x;
      int y = plots.getHeight() + places.get(i).y + LEGEND / 2 - 4;
      g.setColor(ofGroup(i++));
      g.fillRect(x, y - 2, 24, 4);
      g.setColor(TEXT);
      g.drawString(name, x + 32, y + 5);
    }
    g.dispose();
    return image;
  }

  /** Where each name begins, one after another in lines. */
  private static List<Point> legend(Collection<String> names, int width) {
    List<Point> places = new ArrayList<>();
    int x = LEGEND;
    int y = 0;
    for (String name : names) {
      int end = x + 32 + width(name, PLAIN);
      if (end > width && x > LEGEND) {
        end += LEGEND - x;
        x = LEGEND;
        y += LEGEND_LINE;
      }
      places.add(new Point(x, y));
      x = end + 24;
    }
    return places;
  }

  /**
   * A picture of background only.
   *
   * @throws IllegalStateException if the machine has no fonts, which every picture needs
   */
  static BufferedImage blank(int width, int height) {
    Fonts.require();
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(BACKGROUND);
    g.fillRect(0, 0, width, height);
    g.dispose();
    return image;
  }

  /** A pen with smooth text. */
  static Graphics2D pen(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(TEXT);
    g.setFont(PLAIN);
    return g;
  }

  /** The width of a text, in pixels. */
  static int width(String text, Font font) {
    Graphics2D g = blank(1, 1).createGraphics();
    try {
      return g.getFontMetrics(font).stringWidth(text);
    } finally {
      g.dispose();
    }
  }

  /** Writes a text with its middle at x and its base line at y. */
  static void centred(Graphics2D g, String text, int x, int y) {
    g.drawString(text, x - g.getFontMetrics().stringWidth(text) / 2, y);
  }

  /** A horizontal arrow with its head at {@code to}. */
  static void arrow(Graphics2D g, int from, int to, int y) {
    int back = from < to ? -8 : 8;
    g.setStroke(new BasicStroke(1.8f));
    g.drawLine(from, y, to + back / 2, y);
    var head = new Path2D.Double();
    head.moveTo(to, y);
    head.lineTo(to + back, y - 5);
    head.lineTo(to + back, y + 5);
    head.closePath();
    g.fill(head);
  }
}
