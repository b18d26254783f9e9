package journey.plot;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The curve of a function of one number, such as an activation. */
public final class FunctionFigure {

  private static final int WIDTH = 560;
  private static final int HEIGHT = 300;
  private static final int POINTS = 401;

  /** Free space above and below the curve, as a share of its height, so that its ends show. */
  private static final double MARGIN = 0.08;

  private FunctionFigure() {}

  /**
   * The picture.
   *
   * @param title what stands above the curve
   * @param xName what the function takes
   * @param yName what it gives
   * @param low where the curve begins
   * @param high where it ends
   * @throws IllegalArgumentException if {@code low} is not below {@code high}
   */
  public static BufferedImage draw(
      String title,
      String xName,
      String yName,
      double low,
      double high,
      DoubleUnaryOperator function) {
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "the curve must begin below its end, but it goes from %s to %s".formatted(low, high));
    }
    double[] x = new double[POINTS];
    Arrays.setAll(x, i -> low + (high - low) * i / (POINTS - 1));
    double[] y = Arrays.stream(x).map(function).toArray();
    XYChart chart = Theme.chart(WIDTH, HEIGHT, title, xName, yName);
    XYSeries curve = chart.addSeries(title, x, y);
    curve.setLineColor(Theme.TRAIN);
    curve.setMarker(SeriesMarkers.NONE);
    chart.getStyler().setLegendVisible(false);
    var range = Arrays.stream(y).summaryStatistics();
    double margin = MARGIN * (range.getMax() - range.getMin());
    chart.getStyler().setXAxisDecimalPattern("0.##").setYAxisDecimalPattern("0.###");
    chart.getStyler().setYAxisMin(range.getMin() - margin).setYAxisMax(range.getMax() + margin);
    return Theme.sideBySide(List.of(chart));
  }
}
