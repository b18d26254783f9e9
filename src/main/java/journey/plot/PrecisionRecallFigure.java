package journey.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import journey.metrics.ConfusionMatrix;
import journey.metrics.ThresholdSweep;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Precision and recall of one class at every threshold: the curve, thresholds marked on it, and the
 * baseline, the precision of taking everything for that class.
 *
 * <pre>{@code
 * PrecisionRecallFigure.of(sweep, 0).mark("default", 0.5).mark("chosen", best).draw()
 * }</pre>
 */
public final class PrecisionRecallFigure {

  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.SQUARE);
  private static final List<Color> MARKER_COLOURS =
      List.of(Theme.VALIDATION, Theme.TEST, Theme.ofClass(6), Theme.ofClass(7));

  private final ThresholdSweep sweep;
  private final int c;
  private final XYChart chart;
  private int marks;

  private PrecisionRecallFigure(ThresholdSweep sweep, int c) {
    this.sweep = sweep;
    this.c = c;
    String name = sweep.className(c);
    this.chart = Theme.chart("recall", "precision");
    chart.setTitle("Precision and recall of \"%s\", threshold by threshold".formatted(name));
    Theme.shares(chart);
    chart.getStyler().setMarkerSize(12);
    double share = sweep.classShare(c);
    Theme.dashed(
        chart,
        String.format(Locale.ROOT, "baseline: all \"%s\", %.2f", name, share),
        0,
        share,
        1,
        share);
    addCurve();
  }

  /**
   * The curve of class {@code c}.
   *
   * @throws IndexOutOfBoundsException if {@code c} is neither 0 nor 1
   * @throws IllegalArgumentException if the class does not occur, so that it has no recall
   */
  public static PrecisionRecallFigure of(ThresholdSweep sweep, int c) {
    Objects.checkIndex(c, 2);
    if (sweep.classShare(c) == 0) {
      throw new IllegalArgumentException(
          "no recall: none of the examples is of class %d, \"%s\""
              .formatted(c, sweep.className(c)));
    }
    return new PrecisionRecallFigure(sweep, c);
  }

  /**
   * Marks a threshold on the curve. Where nothing is taken for the class there is no precision: the
   * threshold then stands in the legend without a mark.
   *
   * @return this figure
   */
  public PrecisionRecallFigure mark(String name, double threshold) {
    ConfusionMatrix matrix = sweep.at(threshold).confusion();
    double precision = matrix.precision(c);
    String label =
        String.format(
            Locale.ROOT,
            "%s %.2f: precision %s, recall %.2f",
            name,
            threshold,
            Double.isNaN(precision) ? "–" : String.format(Locale.ROOT, "%.2f", precision),
            matrix.recall(c));
    XYSeries series =
        chart.addSeries(label, new double[] {matrix.recall(c)}, new double[] {precision});
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(MARKERS.get(marks % MARKERS.size()));
    series.setMarkerColor(MARKER_COLOURS.get(marks % MARKER_COLOURS.size()));
    marks++;
    return this;
  }

  /** The picture. */
  public BufferedImage draw() {
    return Theme.draw(chart);
  }

  private void addCurve() {
    List<ConfusionMatrix> defined =
        sweep.points().stream()
            .map(ThresholdSweep.Point::confusion)
            .filter(matrix -> matrix.predicted(c) > 0)
            .toList();
    XYSeries curve =
        chart.addSeries(
            "every threshold",
            defined.stream().mapToDouble(matrix -> matrix.recall(c)).toArray(),
            defined.stream().mapToDouble(matrix -> matrix.precision(c)).toArray());
    Theme.line(curve, Theme.TRAIN, SeriesMarkers.NONE);
  }
}
