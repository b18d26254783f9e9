package journey.plot;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import journey.metrics.Calibration;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Whether a classifier is as often right as it says. Left, the share of right answers against the
 * probability they were given, with 95 % intervals: on the diagonal the two agree, below it the
 * classifier is too sure of itself. Right, how many answers each point stands for.
 */
public final class CalibrationFigure {

  private static final int HEIGHT = 400;

  private CalibrationFigure() {}

  /** The picture. */
  public static BufferedImage draw(Calibration calibration) {
    return Theme.sideBySide(List.of(reliability(calibration), counts(calibration)));
  }

  private static XYChart reliability(Calibration calibration) {
    String title =
        String.format(
            Locale.ROOT, "Expected calibration error %.3f", calibration.expectedCalibrationError());
    XYChart chart =
        Theme.chart(
            Theme.WIDTH / 2,
            HEIGHT,
            title,
            "probability it gave",
            "share that was right, with 95 % interval");
    var styler = chart.getStyler();
    styler.setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
    styler.setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.0");
    styler.setMarkerSize(8);
    Theme.dashed(chart, "as often right as it says", 0, 0, 1, 1);
    List<Calibration.Bin> filled = filled(calibration);
    addIntervals(chart, filled);
    XYSeries points =
        chart.addSeries(
            "its answers",
            filled.stream().mapToDouble(Calibration.Bin::confidence).toArray(),
            filled.stream().mapToDouble(bin -> bin.accuracy().value()).toArray());
    Theme.line(points, Theme.TRAIN, SeriesMarkers.CIRCLE);
    points.setShowInLegend(false);
    return chart;
  }

  /** All intervals as one broken line. */
  private static void addIntervals(XYChart chart, List<Calibration.Bin> filled) {
    XYSeries intervals =
        chart.addSeries(
            "95 % interval",
            filled.stream()
                .flatMapToDouble(
                    b -> DoubleStream.of(b.confidence(), b.confidence(), b.confidence()))
                .toArray(),
            filled.stream()
                .map(bin -> bin.accuracy().interval())
                .flatMapToDouble(i -> DoubleStream.of(i.low(), i.high(), Double.NaN))
                .toArray());
    Theme.line(intervals, Theme.TRAIN, SeriesMarkers.NONE);
    intervals.setLineWidth(1);
    intervals.setShowInLegend(false);
  }

  private static XYChart counts(Calibration calibration) {
    String title = String.format(Locale.ROOT, "%,d answers", calibration.count());
    XYChart chart =
        Theme.chart(Theme.WIDTH - Theme.WIDTH / 2, HEIGHT, title, "probability it gave", "count");
    long most = calibration.bins().stream().mapToLong(Calibration.Bin::count).max().orElse(1);
    var styler = chart.getStyler();
    styler.setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.08 * most);
    styler.setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("#,##0");
    styler.setAnnotationTextFont(Theme.SMALL);
    styler.setAnnotationTextFontColor(Theme.TEXT);
    Theme.frame(chart, 0, 1, 0);
    addBars(chart, calibration);
    for (Calibration.Bin bin : filled(calibration)) {
      String count = String.format(Locale.ROOT, "%,d", bin.count());
      double middle = (bin.low() + bin.high()) / 2;
      chart.addAnnotation(new AnnotationText(count, middle, bin.count() + 0.03 * most, false));
    }
    return chart;
  }

  /** All bars as one polygon. */
  private static void addBars(XYChart chart, Calibration calibration) {
    XYSeries bars =
        chart.addSeries(
            "how many answers",
            calibration.bins().stream().flatMapToDouble(CalibrationFigure::sides).toArray(),
            calibration.bins().stream()
                .flatMapToDouble(bin -> DoubleStream.of(0, bin.count(), bin.count(), 0))
                .toArray());
    bars.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    bars.setFillColor(Theme.TRAIN);
    bars.setLineColor(Theme.TRAIN);
    bars.setLineStyle(SeriesLines.NONE);
    bars.setMarker(SeriesMarkers.NONE);
  }

  /** Where a bar's corners stand, a little apart from its neighbours'. */
  private static DoubleStream sides(Calibration.Bin bin) {
    double gap = 0.04 * (bin.high() - bin.low());
    double left = bin.low() + gap;
    double right = bin.high() - gap;
    return DoubleStream.of(left, left, right, right);
  }

  private static List<Calibration.Bin> filled(Calibration calibration) {
    return calibration.bins().stream().filter(bin -> bin.count() > 0).toList();
  }
}
