package journey.plot;

import java.awt.BasicStroke;
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
 * it. Trials without a score, such as trainings that diverged, have no point.
 */
public final class SearchFigure {

  /** About the length of the axis beside the legend, in pixels. */
  private static final int PLOT_WIDTH = 520;

  private final String xName;
  private final String yName;
  private final Map<String, List<Trial>> trials = new LinkedHashMap<>();

  private record Trial(double x, double score) {}

  private SearchFigure(Table table) {
    this.xName = table.column(1).name();
    this.yName = table.column(2).name();
    for (int row = 0; row < table.rowCount(); row++) {
      String name = table.stringColumn(0).get(row);
      List<Trial> ofName = trials.computeIfAbsent(name, key -> new ArrayList<>());
      if (!table.column(2).isMissing(row)) {
        ofName.add(new Trial(table.doubleColumn(1).get(row), table.doubleColumn(2).get(row)));
      }
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
          if (ofName.isEmpty() || !(ofName.get(0).x > 0)) {
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
    double[] exponents = exponents(trials.values().stream().flatMap(List::stream).toList());
    LogAxis axis =
        LogAxis.around(
            DoubleStream.of(exponents).min().orElseThrow(),
            DoubleStream.of(exponents).max().orElseThrow());
    axis.horizontal(chart.getStyler(), PLOT_WIDTH);
    chart.getStyler().setYAxisDecimalPattern("0.00");
    double anyLevel = trials.values().iterator().next().get(0).score;
    Theme.frame(chart, axis.low(), axis.high(), anyLevel);
    int i = 0;
    for (String name : trials.keySet()) {
      addCurve(chart, name, i++);
    }
    return Theme.draw(chart);
  }

  private void addCurve(XYChart chart, String name, int i) {
    List<Trial> tried = trials.get(name);
    Trial best = tried.stream().max(Comparator.comparingDouble(Trial::score)).orElseThrow();
    String legend =
        String.format(Locale.ROOT, "%s: %.3f at %s", name, best.score, LearningRate.text(best.x));
    XYSeries curve = chart.addSeries(legend, exponents(tried), scores(tried));
    Theme.line(curve, Theme.ofGroup(i), SeriesMarkers.CIRCLE);
    List<Trial> alone = List.of(best);
    XYSeries mark = chart.addSeries("best of " + name, exponents(alone), scores(alone));
    mark.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    mark.setMarker(new Ring());
    mark.setMarkerColor(Theme.ofGroup(i));
    mark.setShowInLegend(false);
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
