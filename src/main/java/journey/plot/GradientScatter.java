package journey.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

  private GradientScatter() {}

  /**
   * The picture.
   *
   * @param derived the slope of the loss by each parameter, as derived
   * @param measured the same slopes from finite differences
   * @throws IllegalArgumentException if the lengths differ, or there is none
   */
  public static BufferedImage draw(double[] derived, double[] measured) {
    if (derived.length != measured.length || derived.length == 0) {
      throw new IllegalArgumentException(
          "expected as many derived as measured slopes, and at least one, but there are %d and %d"
              .formatted(derived.length, measured.length));
    }
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
    double low = Math.min(min(derived), min(measured));
    double high = Math.max(max(derived), max(measured));
    Theme.dashed(chart, "equal", low, low, high, high);
    XYSeries points = chart.addSeries("slope of the loss by one weight", measured, derived);
    points.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    points.setMarker(SeriesMarkers.CIRCLE);
    points.setMarkerColor(SEE_THROUGH);
    return Theme.sideBySide(List.of(chart));
  }

  private static String threeDigits(double value) {
    var rounded = new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
    return Math.abs(value) < 1e-3 ? rounded.toString() : rounded.toPlainString();
  }

  private static double min(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }
}
