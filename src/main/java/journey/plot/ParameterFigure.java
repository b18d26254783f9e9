package journey.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The scores of a search over each parameter, a panel for each, all with the same axis of scores. A
 * trial without a score, or without the parameter, has no point. The best trial stands out.
 *
 * <pre>{@code
 * ParameterFigure.of(table, "accuracy").logarithmic("learning rate").linear("dropout").draw()
 * }</pre>
 */
public final class ParameterFigure {

  private static final int COLUMNS = 3;
  private static final int HEIGHT = 300;

  /** The width of a panel beside its plot. */
  private static final int BESIDE = 96;

  private static final int ALPHA = 130;

  private final Table table;
  private final String scoreName;
  private final Map<String, Boolean> panels = new LinkedHashMap<>();

  private ParameterFigure(Table table, String scoreName) {
    this.table = table;
    this.scoreName = scoreName;
  }

  /**
   * A figure without panels.
   *
   * @param table a row for each trial, with its score in a column {@code score}, which is missing
   *     if there is none, and a column for each parameter
   * @param scoreName the name of the score, at the axis
   * @throws IllegalArgumentException if no trial has a score
   */
  public static ParameterFigure of(Table table, String scoreName) {
    Table scored = table.dropWhere(table.numberColumn("score").isMissing());
    if (scored.isEmpty()) {
      throw new IllegalArgumentException(
          "none of the %d trials has a score".formatted(table.rowCount()));
    }
    return new ParameterFigure(scored.sortOn("score"), scoreName);
  }

  /**
   * Adds a panel for a number, or for a choice.
   *
   * @return this figure
   * @throws IllegalArgumentException if no trial with a score has this parameter
   */
  public ParameterFigure linear(String parameter) {
    return panel(parameter, false);
  }

  /**
   * Adds a panel for a positive number, on a logarithmic axis.
   *
   * @return this figure
   * @throws IllegalArgumentException if no trial with a score has this parameter, or one is not
   *     positive
   */
  public ParameterFigure logarithmic(String parameter) {
    if (table.numberColumn(parameter).min() <= 0) {
      throw new IllegalArgumentException(
          "%s has no logarithm where it is %s"
              .formatted(parameter, table.numberColumn(parameter).min()));
    }
    return panel(parameter, true);
  }

  private ParameterFigure panel(String parameter, boolean logarithmic) {
    if (having(parameter).isEmpty()) {
      throw new IllegalArgumentException("no trial with a score has a " + parameter);
    }
    panels.put(parameter, logarithmic);
    return this;
  }

  private Table having(String parameter) {
    return table.dropWhere(table.column(parameter).isMissing());
  }

  /**
   * The panels, three in a row; two in a row where they are two or four.
   *
   * @throws IllegalStateException if there is none
   */
  public BufferedImage draw() {
    if (panels.isEmpty()) {
      throw new IllegalStateException("nothing to draw: add a panel first");
    }
    int columns = panels.size() == 2 || panels.size() == 4 ? 2 : COLUMNS;
    int width = Theme.WIDTH / columns;
    List<XYChart> charts = new ArrayList<>();
    panels.forEach((parameter, logarithmic) -> charts.add(chart(width, parameter, logarithmic)));
    int rows = (charts.size() + columns - 1) / columns;
    BufferedImage image = Theme.blank(Math.min(columns, charts.size()) * width, rows * HEIGHT);
    Graphics2D g = image.createGraphics();
    for (int i = 0; i < charts.size(); i++) {
      g.drawImage(Theme.draw(charts.get(i)), i % columns * width, i / columns * HEIGHT, null);
    }
    g.dispose();
    return image;
  }

  private XYChart chart(int width, String parameter, boolean logarithmic) {
    Table having = having(parameter);
    double[] scores = having.numberColumn("score").asDoubleArray();
    XYChart chart = Theme.chart(width, HEIGHT, "", parameter, scoreName);
    var styler = chart.getStyler();
    styler.setLegendVisible(false);
    styler.setYAxisDecimalPattern("0.###");
    double lowest = table.numberColumn("score").min();
    double highest = table.numberColumn("score").max();
    double margin = highest > lowest ? (highest - lowest) / 20 : 1;
    styler.setYAxisMin(lowest - margin).setYAxisMax(highest + margin);
    double[] x = positions(chart, having, parameter, logarithmic);
    DoubleSummaryStatistics range = DoubleStream.of(x).summaryStatistics();
    double last = range.getMax() > range.getMin() ? range.getMax() : range.getMin() + 1;
    Theme.frame(chart, range.getMin(), last, scores[0]);
    scatter(chart, "trials", x, scores).setMarkerColor(Theme.transparent(Theme.TRAIN, ALPHA));
    int best = scores.length - 1;
    if (scores[best] == highest) {
      scatter(chart, "best", new double[] {x[best]}, new double[] {highest})
          .setMarkerColor(Theme.VALIDATION);
    }
    return chart;
  }

  /** Where the points are on the axis, which is told how to look. */
  private static double[] positions(
      XYChart chart, Table having, String parameter, boolean logarithmic) {
    if (having.column(parameter) instanceof StringColumn options) {
      List<String> names = options.unique().asList().stream().sorted().toList();
      Theme.wholeNumbers(chart, -1, names.size());
      chart
          .getStyler()
          .setXAxisTickMarkSpacingHint(
              Theme.tickSpacing(chart.getWidth() - BESIDE, names.size() + 1))
          .setXAxisTickLabelsFormattingFunction(
              i -> i == Math.rint(i) && i >= 0 && i < names.size() ? names.get(i.intValue()) : "");
      return options.asList().stream().mapToDouble(names::indexOf).toArray();
    }
    double[] x = having.numberColumn(parameter).asDoubleArray();
    if (!logarithmic) {
      return x;
    }
    double[] exponents = DoubleStream.of(x).map(Math::log10).toArray();
    LogAxis.around(
            DoubleStream.of(exponents).min().orElseThrow(),
            DoubleStream.of(exponents).max().orElseThrow())
        .horizontal(chart.getStyler(), chart.getWidth() - BESIDE);
    return exponents;
  }

  private static XYSeries scatter(XYChart chart, String name, double[] x, double[] y) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
    return series;
  }
}
