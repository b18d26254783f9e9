package journey.plot;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import journey.metrics.Calibration;
import journey.metrics.Interval;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Whether a classifier is right as often as it says. Left, the share of right answers against the
 * probability they were given, with 95 % intervals: on the diagonal the two agree, below it the
 * classifier is too sure of itself. Right, the number of answers behind each point.
 */
public final class CalibrationFigure {

  private static final int HEIGHT = 400;

  private final Calibration calibration;
  private final List<Calibration.Bin> filled;

  private CalibrationFigure(Calibration calibration) {
    this.calibration = calibration;
    this.filled = calibration.bins().stream().filter(bin -> bin.count() > 0).toList();
  }

  /** The figure of this calibration. */
  public static CalibrationFigure of(Calibration calibration) {
    return new CalibrationFigure(calibration);
  }

  /** The picture. */
  public BufferedImage draw() {
    return Theme.draw(reliability(), counts());
  }

  private XYChart reliability() {
    XYChart chart =
        Theme.chart(
            Theme.WIDTH / 2,
            HEIGHT,
            String.format(
                Locale.ROOT,
                "Expected calibration error %.3f",
                calibration.expectedCalibrationError()),
            "probability it gave",
            "share that was right, with 95 % interval");
    Theme.shares(chart);
    chart.getStyler().setMarkerSize(8);
    Theme.dashed(chart, "as often right as it says", 0, 0, 1, 1);
    addIntervals(chart);
    side(chart, "underconfident", 0.3, 0.85);
    side(chart, "overconfident", 0.7, 0.15);
    XYSeries points =
        chart.addSeries(
            "its answers",
            filled.stream().mapToDouble(Calibration.Bin::confidence).toArray(),
            filled.stream().mapToDouble(bin -> bin.accuracy().value()).toArray());
    Theme.line(points, Theme.TRAIN, SeriesMarkers.CIRCLE);
    points.setShowInLegend(false);
    return chart;
  }

  /** What the points on one side of the diagonal say of the classifier. */
  private static void side(XYChart chart, String text, double x, double y) {
    chart.getStyler().setAnnotationTextFont(Theme.PLAIN);
    chart.getStyler().setAnnotationTextFontColor(Theme.QUIET_TEXT);
    chart.addAnnotation(new AnnotationText(text, x, y, false));
  }

  /** All intervals as one broken line. */
  private void addIntervals(XYChart chart) {
    XYSeries intervals =
        chart.addSeries(
            "95 % interval",
            flat(bin -> DoubleStream.of(bin.confidence(), bin.confidence(), bin.confidence())),
            flat(
                bin -> {
                  Interval interval = bin.accuracy().interval();
                  return DoubleStream.of(interval.low(), interval.high(), Double.NaN);
                }));
    Theme.line(intervals, Theme.TRAIN, SeriesMarkers.NONE);
    intervals.setLineWidth(1);
    intervals.setShowInLegend(false);
  }

  private XYChart counts() {
    String title = String.format(Locale.ROOT, "%,d answers", calibration.count());
    XYChart chart =
        Theme.chart(Theme.WIDTH - Theme.WIDTH / 2, HEIGHT, title, "probability it gave", "count");
    long most = filled.stream().mapToLong(Calibration.Bin::count).max().orElseThrow();
    Theme.shares(chart);
    var styler = chart.getStyler();
    styler.setYAxisMax(1.08 * most).setYAxisDecimalPattern("#,##0");
    styler.setAnnotationTextFont(Theme.SMALL);
    styler.setAnnotationTextFontColor(Theme.TEXT);
    Theme.frame(chart, 0, 1, 0);
    addBars(chart);
    for (Calibration.Bin bin : filled) {
      String count = String.format(Locale.ROOT, "%,d", bin.count());
      double middle = (bin.low() + bin.high()) / 2;
      chart.addAnnotation(new AnnotationText(count, middle, bin.count() + 0.03 * most, false));
    }
    return chart;
  }

  private void addBars(XYChart chart) {
    Bars bars = new Bars();
    filled.forEach(bin -> bars.add(bin.low(), bin.high(), bin.count()));
    bars.draw(chart, "how many answers", Theme.TRAIN);
  }

  private double[] flat(Function<Calibration.Bin, DoubleStream> numbers) {
    return filled.stream().flatMapToDouble(numbers).toArray();
  }
}
