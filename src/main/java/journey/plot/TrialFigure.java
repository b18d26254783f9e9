package journey.plot;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tech.tablesaw.api.Table;

/**
 * The scores of searches, trial by trial: a point for each trial, and a line for the best score so
 * far. Trials without a score have no point. A search begins to be drawn with its first score.
 *
 * <pre>{@code
 * TrialFigure.of("accuracy").add("random", random).add("Bayesian", bayesian).draw()
 * }</pre>
 */
public final class TrialFigure {

  private static final int ALPHA = 110;

  private final String scoreName;
  private final Map<String, Points> searches = new LinkedHashMap<>();

  /** The trials with a score: their numbers and their scores. */
  private record Points(double[] trials, double[] scores) {

    double[] bestSoFar() {
      double[] best = scores.clone();
      for (int i = 1; i < best.length; i++) {
        best[i] = Math.max(best[i], best[i - 1]);
      }
      return best;
    }
  }

  private TrialFigure(String scoreName) {
    this.scoreName = scoreName;
  }

  /** No searches yet; the name of the score stands at the axis. */
  public static TrialFigure of(String scoreName) {
    return new TrialFigure(scoreName);
  }

  /**
   * Adds a search, in the next colour.
   *
   * @param name its name in the legend
   * @param table a row for each trial, with its number in a column {@code trial} and its score in a
   *     column {@code score}, which is missing if there is none
   * @return this figure
   * @throws IllegalArgumentException if no trial has a score, the name is there already, or there
   *     are more names than colours
   */
  public TrialFigure add(String name, Table table) {
    Curve.checkNext(searches.keySet(), name);
    Table scored = table.dropWhere(table.numberColumn("score").isMissing());
    if (scored.isEmpty()) {
      throw new IllegalArgumentException(
          "none of the %d trials of \"%s\" has a score".formatted(table.rowCount(), name));
    }
    searches.put(
        name,
        new Points(
            scored.numberColumn("trial").asDoubleArray(),
            scored.numberColumn("score").asDoubleArray()));
    return this;
  }

  /**
   * The picture.
   *
   * @throws IllegalStateException if nothing was added
   */
  public BufferedImage draw() {
    if (searches.isEmpty()) {
      throw new IllegalStateException("no search to draw: add one first");
    }
    XYChart chart = Theme.chart("trial", scoreName);
    chart.getStyler().setYAxisDecimalPattern("0.###");
    double last = trials().max().orElseThrow();
    double first = Math.min(trials().min().orElseThrow(), last - 1);
    Theme.frame(chart, first, last, searches.values().iterator().next().scores[0]);
    int i = 0;
    for (Map.Entry<String, Points> search : searches.entrySet()) {
      add(chart, search.getKey(), search.getValue(), i++);
    }
    return Theme.draw(chart);
  }

  private DoubleStream trials() {
    return searches.values().stream().flatMapToDouble(points -> DoubleStream.of(points.trials));
  }

  private static void add(XYChart chart, String name, Points points, int i) {
    XYSeries scores = chart.addSeries("trials of " + name, points.trials, points.scores);
    scores.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    scores.setMarker(SeriesMarkers.CIRCLE);
    scores.setMarkerColor(Theme.transparent(Theme.ofGroup(i), ALPHA));
    scores.setShowInLegend(false);
    XYSeries best = chart.addSeries(name + ": best so far", points.trials, points.bestSoFar());
    best.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Step);
    Theme.line(best, Theme.ofGroup(i), SeriesMarkers.NONE);
  }
}
