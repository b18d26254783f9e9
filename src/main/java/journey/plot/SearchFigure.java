package journey.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import journey.metrics.LearningRate;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tech.tablesaw.api.Table;

/**
 * A score over a positive number such as the learning rate, on a logarithmic axis: a curve for each
 * name, such as that of an optimizer. The best of each stands in the legend and has a ring around
 * it. A trial without a score, a training that diverged, is a cross below the curves.
 */
public final class SearchFigure {

  /** The distance between two rows of crosses, as a share of the range of the scores. */
  private static final double ROW = 0.05;

  /** Where all scores are alike, the rows are as far apart as for this range of scores. */
  private static final double SMALLEST_RANGE = 0.01;

  /** About the length of the axis beside the legend, in pixels. */
  private static final int PLOT_WIDTH = 520;

  private final String xName;
  private final String yName;
  private final Map<String, List<Trial>> trials = new LinkedHashMap<>();

  /** Its score is NaN where the training diverged. */
  private record Trial(double x, double score) {

    boolean hasScore() {
      return !Double.isNaN(score);
    }
  }

  private SearchFigure(Table table) {
    this.xName = table.column(1).name();
    this.yName = table.column(2).name();
    for (int row = 0; row < table.rowCount(); row++) {
      double score = table.column(2).isMissing(row) ? Double.NaN : table.doubleColumn(2).get(row);
      trials
          .computeIfAbsent(table.stringColumn(0).get(row), name -> new ArrayList<>())
          .add(new Trial(table.doubleColumn(1).get(row), score));
    }
    trials.values().forEach(ofName -> ofName.sort(Comparator.comparingDouble(Trial::x)));
  }

  /**
   * A figure of some trials.
   *
   * @param table one row a trial: a name, the number tried, its score, which is missing if there is
   *     none. The names of these two columns stand at the axes.
   * @throws IllegalArgumentException if there are no trials, those of a name have no score at all,
   *     a number is not positive, or there are more names than colours
   */
  public static SearchFigure of(Table table) {
    var figure = new SearchFigure(table);
    if (figure.trials.isEmpty() || figure.trials.size() > Theme.groups()) {
      throw new IllegalArgumentException(
          "the picture shows 1 to %d names, but there are %s"
              .formatted(Theme.groups(), figure.trials.keySet()));
    }
    figure.trials.forEach(
        (name, ofName) -> {
          if (ofName.stream().noneMatch(Trial::hasScore) || !(ofName.get(0).x > 0)) {
            throw new IllegalArgumentException(
                "\"%s\" needs trials of positive numbers, one of them with a score, but has %s"
                    .formatted(name, ofName));
          }
        });
    return figure;
  }

  /** The picture. */
  public BufferedImage draw() {
    XYChart chart = Theme.chart(xName, yName);
    List<Trial> all = trials.values().stream().flatMap(List::stream).toList();
    var exponents = DoubleStream.of(exponents(all)).summaryStatistics();
    var range = DoubleStream.of(scores(all)).filter(Double::isFinite).summaryStatistics();
    LogAxis axis = LogAxis.around(exponents.getMin(), exponents.getMax());
    axis.horizontal(chart.getStyler(), PLOT_WIDTH);
    chart.getStyler().setYAxisDecimalPattern("0.00");
    Theme.frame(chart, axis.low(), axis.high(), range.getMin());
    double row = ROW * Math.max(range.getMax() - range.getMin(), SMALLEST_RANGE);
    int i = 0;
    for (String name : trials.keySet()) {
      addCurve(chart, name, Theme.ofGroup(i++));
      addCrosses(chart, name, range.getMin() - i * row, Theme.ofGroup(i - 1));
    }
    return Theme.draw(chart);
  }

  private void addCurve(XYChart chart, String name, Color colour) {
    List<Trial> tried = trials.get(name).stream().filter(Trial::hasScore).toList();
    Trial best = tried.stream().max(Comparator.comparingDouble(Trial::score)).orElseThrow();
    String crosses = tried.size() < trials.get(name).size() ? ", × diverged" : "";
    String legend =
        String.format(
            Locale.ROOT, "%s: %.3f at %s%s", name, best.score, LearningRate.text(best.x), crosses);
    XYSeries curve = chart.addSeries(legend, exponents(tried), scores(tried));
    Theme.line(curve, colour, SeriesMarkers.CIRCLE);
    addMarks(chart, "best of " + name, List.of(best), new Ring(), colour);
  }

  /** In a row of its own below all curves, for several names may diverge at the same number. */
  private void addCrosses(XYChart chart, String name, double level, Color colour) {
    List<Trial> crosses =
        trials.get(name).stream()
            .filter(trial -> !trial.hasScore())
            .map(trial -> new Trial(trial.x, level))
            .toList();
    if (!crosses.isEmpty()) {
      addMarks(chart, "diverged: " + name, crosses, SeriesMarkers.CROSS, colour);
    }
  }

  private static void addMarks(
      XYChart chart, String series, List<Trial> trials, Marker marker, Color colour) {
    XYSeries marks = chart.addSeries(series, exponents(trials), scores(trials));
    marks.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    marks.setMarker(marker);
    marks.setMarkerColor(colour);
    marks.setShowInLegend(false);
  }

  private static double[] exponents(List<Trial> trials) {
    return trials.stream().mapToDouble(trial -> Math.log10(trial.x)).toArray();
  }

  private static double[] scores(List<Trial> trials) {
    return trials.stream().mapToDouble(Trial::score).toArray();
  }

  /** A circle around a point that leaves the point itself visible. */
  private static final class Ring extends Marker {

    private static final double SIZE = 2.6;

    @Override
    public void paint(Graphics2D g, double x, double y, int markerSize) {
      g.setStroke(new BasicStroke(2));
      double diameter = SIZE * markerSize;
      g.draw(new Ellipse2D.Double(x - diameter / 2, y - diameter / 2, diameter, diameter));
    }
  }
}
