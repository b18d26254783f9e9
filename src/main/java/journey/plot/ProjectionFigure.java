package journey.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tech.tablesaw.api.Table;

/**
 * How many values of one parameter a search has tried: above, the trials in the plane of two
 * parameters, below, their scores over the first of them, onto which dashed lines project them. A
 * panel for each search, with the same axes; the best trial of each stands out.
 *
 * <pre>{@code
 * ProjectionFigure.of("learning rate", "dropout", "accuracy").panel("a grid", grid).draw()
 * }</pre>
 */
public final class ProjectionFigure {

  private static final int HEIGHT = 270;
  private static final int PLOT_WIDTH = 330;

  /** Free space above and below the trials, as a share of their height. */
  private static final double MARGIN = 0.1;

  private final String xName;
  private final String yName;
  private final String scoreName;
  private final Map<String, Table> panels = new LinkedHashMap<>();

  private ProjectionFigure(String xName, String yName, String scoreName) {
    this.xName = xName;
    this.yName = yName;
    this.scoreName = scoreName;
  }

  /**
   * A figure without panels.
   *
   * @param xName the parameter that is projected onto: a positive number, on a logarithmic axis
   * @param yName the other parameter, a number
   * @param scoreName the name of the score, at the axis
   */
  public static ProjectionFigure of(String xName, String yName, String scoreName) {
    return new ProjectionFigure(xName, yName, scoreName);
  }

  /**
   * Adds a search, to the right of those before.
   *
   * @param name its name, in the title, with the number of different values
   * @param table a row for each trial, with its score in a column {@code score}, which is missing
   *     if there is none, and a column for each of the two parameters
   * @return this figure
   * @throws IllegalArgumentException if no trial has a score
   */
  public ProjectionFigure panel(String name, Table table) {
    Table scored = table.dropWhere(table.numberColumn("score").isMissing());
    if (scored.isEmpty()) {
      throw new IllegalArgumentException(
          "none of the %d trials of \"%s\" has a score".formatted(table.rowCount(), name));
    }
    panels.put(name, scored.sortOn("score"));
    return this;
  }

  /**
   * The picture.
   *
   * @throws IllegalStateException if there is no panel
   */
  public BufferedImage draw() {
    if (panels.isEmpty()) {
      throw new IllegalStateException("nothing to draw: add a panel first");
    }
    List<XYChart> planes = new ArrayList<>();
    List<XYChart> scores = new ArrayList<>();
    panels.forEach(
        (name, table) -> {
          int values = table.numberColumn(xName).unique().size();
          planes.add(
              chart("%s: %d values of %s".formatted(name, values, xName), "", table, yName, yName));
          scores.add(chart("", xName, table, "score", scoreName));
        });
    BufferedImage above = Theme.draw(planes.toArray(XYChart[]::new));
    BufferedImage below = Theme.draw(scores.toArray(XYChart[]::new));
    BufferedImage image = Theme.blank(above.getWidth(), 2 * HEIGHT);
    Graphics2D g = image.createGraphics();
    g.drawImage(above, 0, 0, null);
    g.drawImage(below, 0, HEIGHT, null);
    g.dispose();
    return image;
  }

  private XYChart chart(String title, String xTitle, Table table, String column, String yTitle) {
    int width = Theme.WIDTH / Math.max(2, panels.size());
    XYChart chart = Theme.chart(width, HEIGHT, title, xTitle, yTitle);
    var styler = chart.getStyler();
    styler.setLegendVisible(false);
    // Labels of one width, so that a line goes straight on from the panel above to the one below.
    styler.setYAxisDecimalPattern("0.00");
    var exponents = all(xName).map(Math::log10).summaryStatistics();
    LogAxis axis = LogAxis.around(exponents.getMin(), exponents.getMax());
    axis.horizontal(styler, PLOT_WIDTH);
    var range = all(column).summaryStatistics();
    double spread = range.getMax() - range.getMin();
    double margin = spread > 0 ? MARGIN * spread : 1;
    double low = range.getMin() - margin;
    double high = range.getMax() + margin;
    styler.setYAxisMin(low).setYAxisMax(high);
    double[] x =
        DoubleStream.of(table.numberColumn(xName).asDoubleArray()).map(Math::log10).toArray();
    double[] y = table.numberColumn(column).asDoubleArray();
    Theme.frame(chart, axis.low(), axis.high(), y[0]);
    DoubleStream.of(x)
        .distinct()
        .forEach(place -> Theme.dashed(chart, "at " + place, place, low, place, high));
    dots(chart, "trials", x, y, Theme.TRAIN);
    int best = x.length - 1;
    dots(chart, "best", new double[] {x[best]}, new double[] {y[best]}, Theme.VALIDATION);
    return chart;
  }

  private DoubleStream all(String column) {
    Stream<Table> tables = panels.values().stream();
    return tables.flatMapToDouble(
        table -> DoubleStream.of(table.numberColumn(column).asDoubleArray()));
  }

  private static void dots(XYChart chart, String name, double[] x, double[] y, Color colour) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(colour);
  }
}
