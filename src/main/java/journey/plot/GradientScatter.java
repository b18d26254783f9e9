package journey.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A gradient check as a picture: where the derived slopes are right, the points lie on the line.
 */
public final class GradientScatter {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 420;
  private static final Color SEE_THROUGH = Theme.transparent(Theme.TRAIN, 140);

  private final double[] derived;
  private final double[] measured;

  private GradientScatter(double[] derived, double[] measured) {
    this.derived = derived;
    this.measured = measured;
  }

  /**
   * A point for each slope.
   *
   * @param derived the derivative of the loss by each parameter, from the formula
   * @param measured the same slopes from finite differences
   * @throws IllegalArgumentException if the lengths differ, or there is none
   */
  public static GradientScatter of(double[] derived, double[] measured) {
    if (derived.length != measured.length || derived.length == 0) {
      throw new IllegalArgumentException(
          "expected as many derived as measured slopes, and at least one, but there are %d and %d"
              .formatted(derived.length, measured.length));
    }
    return new GradientScatter(derived.clone(), measured.clone());
  }

  /** The picture. */
  public BufferedImage draw() {
    double furthest =
        IntStream.range(0, derived.length)
            .mapToDouble(i -> Math.abs(derived[i] - measured[i]))
            .max()
            .orElseThrow();
    XYChart chart =
        Theme.chart(
            WIDTH,
            HEIGHT,
            String.format(Locale.ROOT, "%,d slopes, at most %.1e apart", derived.length, furthest),
            "measured by finite differences",
            "derived");
    chart.setCustomXAxisTickLabelsFormatter(GradientScatter::threeDigits);
    chart.setCustomYAxisTickLabelsFormatter(GradientScatter::threeDigits);
    var slopes = DoubleStream.concat(DoubleStream.of(derived), DoubleStream.of(measured));
    var range = slopes.summaryStatistics();
    double low = range.getMin();
    double high = range.getMax();
    Theme.dashed(chart, "equal", low, low, high, high);
    XYSeries points = chart.addSeries("slope with respect to one weight", measured, derived);
    points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    points.setMarker(SeriesMarkers.CIRCLE);
    points.setMarkerColor(SEE_THROUGH);
    return Theme.draw(chart);
  }

  private static String threeDigits(double value) {
    var rounded = new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
    return Math.abs(value) < 1e-3 ? rounded.toString() : rounded.toPlainString();
  }
}
