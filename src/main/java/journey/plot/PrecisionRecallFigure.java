package journey.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import journey.metrics.ConfusionMatrix;
import journey.metrics.ThresholdSweep;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Precision and recall of one class at every threshold: a curve for each classifier, thresholds
 * marked on it in its colour, and the baseline, the precision of taking everything for that class.
 *
 * <pre>{@code
 * PrecisionRecallFigure.of(0).curve("network", sweep).mark("default", 0.5).draw()
 * }</pre>
 */
public final class PrecisionRecallFigure {

  private final int c;
  private final XYChart chart;
  private final List<String> curves = new ArrayList<>();
  private final List<String> marks = new ArrayList<>();
  private ThresholdSweep sweep;

  private PrecisionRecallFigure(int c) {
    this.c = c;
    this.chart = Theme.chart("recall", "precision");
    Theme.shares(chart);
    chart.getStyler().setMarkerSize(12);
  }

  /**
   * A figure of class {@code c} without curves.
   *
   * @throws IndexOutOfBoundsException if {@code c} is neither 0 nor 1
   */
  public static PrecisionRecallFigure of(int c) {
    return new PrecisionRecallFigure(Objects.checkIndex(c, 2));
  }

  /**
   * Adds the curve of a classifier, in the next colour.
   *
   * @return this figure
   * @throws IllegalArgumentException if the class does not occur, so that it has no recall, or
   *     there is no colour left, or a curve of this name
   */
  public PrecisionRecallFigure curve(String name, ThresholdSweep sweep) {
    double share = sweep.classShare(c);
    if (share == 0) {
      throw new IllegalArgumentException(
          "no recall: none of the examples is of class %d, \"%s\""
              .formatted(c, sweep.className(c)));
    }
    Curve.checkNext(curves, name);
    if (curves.isEmpty()) {
      String title = "Precision and recall of \"%s\", threshold by threshold";
      chart.setTitle(title.formatted(sweep.className(c)));
      String baseline = "baseline: all \"%s\", %.2f";
      String text = String.format(Locale.ROOT, baseline, sweep.className(c), share);
      Theme.dashed(chart, text, 0, share, 1, share);
    }
    curves.add(name);
    this.sweep = sweep;
    List<ConfusionMatrix> defined =
        sweep.points().stream()
            .map(ThresholdSweep.Point::confusion)
            .filter(matrix -> matrix.predicted(c) > 0)
            .toList();
    XYSeries series =
        chart.addSeries(
            name,
            defined.stream().mapToDouble(matrix -> matrix.recall(c)).toArray(),
            defined.stream().mapToDouble(matrix -> matrix.precision(c)).toArray());
    Theme.line(series, colour(), SeriesMarkers.NONE);
    return this;
  }

  /**
   * Marks a threshold on the curve that was added last; a name has the same mark on each curve.
   * Where nothing is taken for the class there is no precision: the threshold then stands in the
   * legend without a mark.
   *
   * @return this figure
   * @throws IllegalStateException if there is no curve yet
   */
  public PrecisionRecallFigure mark(String name, double threshold) {
    if (curves.isEmpty()) {
      throw new IllegalStateException("nothing to mark: add a curve first");
    }
    ConfusionMatrix matrix = sweep.at(threshold).confusion();
    double precision = matrix.precision(c);
    String found = Double.isNaN(precision) ? "–" : String.format(Locale.ROOT, "%.2f", precision);
    String label =
        String.format(
            Locale.ROOT,
            "%s %.2f: precision %s, recall %.2f",
            name,
            threshold,
            found,
            matrix.recall(c));
    if (!marks.contains(name)) {
      marks.add(name);
    }
    // A series needs a name of its own, also where two curves agree.
    String unique = label + " ".repeat(curves.size() - 1);
    XYSeries series =
        chart.addSeries(unique, new double[] {matrix.recall(c)}, new double[] {precision});
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(Theme.MARKERS.get(marks.indexOf(name) % Theme.MARKERS.size()));
    series.setMarkerColor(colour());
    return this;
  }

  /**
   * The picture.
   *
   * @throws IllegalStateException if there is no curve
   */
  public BufferedImage draw() {
    if (curves.isEmpty()) {
      throw new IllegalStateException("nothing to draw: add a curve first");
    }
    return Theme.draw(chart);
  }

  private Color colour() {
    return Theme.ofGroup(curves.size() - 1);
  }
}
