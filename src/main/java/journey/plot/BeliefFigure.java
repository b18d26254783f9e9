package journey.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tech.tablesaw.api.Table;

/**
 * What a Gaussian process believes of a function of one number, and where the next trial promises
 * most. Above, the mean in a band of two standard deviations to either side, and the trials as
 * dots; below, the improvement that is expected. A dashed line marks the place where that is most.
 *
 * <pre>{@code
 * BeliefFigure.of(belief, "accuracy").trials(table).draw()
 * }</pre>
 */
public final class BeliefFigure {

  private static final int UPPER = 280;
  private static final int LOWER = 220;

  /** Free space above and below what is drawn, as a share of its height. */
  private static final double MARGIN = 0.06;

  private final String xName;
  private final String scoreName;
  private final double[] x;
  private final double[] mean;
  private final double[] deviation;
  private final double[] improvement;
  private double[] triedX = new double[0];
  private double[] scores = new double[0];

  private BeliefFigure(Table belief, String scoreName) {
    this.scoreName = scoreName;
    this.xName = belief.column(0).name();
    this.x = belief.numberColumn(0).asDoubleArray();
    this.mean = belief.numberColumn("mean").asDoubleArray();
    this.deviation = belief.numberColumn("deviation").asDoubleArray();
    this.improvement = belief.numberColumn("improvement").asDoubleArray();
  }

  /**
   * A figure without trials.
   *
   * @param belief a row for each of several places: the number, rising, and the columns {@code
   *     mean}, {@code deviation} and {@code improvement}
   * @param scoreName the name of what the function gives, at the axis
   * @throws IllegalArgumentException if there are fewer than two places
   */
  public static BeliefFigure of(Table belief, String scoreName) {
    if (belief.rowCount() < 2) {
      throw new IllegalArgumentException(
          "a belief is drawn over two places or more, but there are " + belief.rowCount());
    }
    return new BeliefFigure(belief, scoreName);
  }

  /**
   * Draws trials as dots.
   *
   * @param table a row for each, with a column of the number's name, and its {@code score}
   * @return this figure
   */
  public BeliefFigure trials(Table table) {
    triedX = table.numberColumn(xName).asDoubleArray();
    scores = table.numberColumn("score").asDoubleArray();
    return this;
  }

  /** The picture. */
  public BufferedImage draw() {
    int most =
        IntStream.range(0, x.length).reduce(0, (a, b) -> improvement[b] > improvement[a] ? b : a);
    double[] low = band(-2);
    double[] high = band(2);
    XYChart above =
        chart(UPPER, "", scoreName, DoubleStream.concat(all(low, high), all(scores)), most);
    Curve.draw(above, List.of(new Curve("belief", x, mean, low, high, SeriesMarkers.NONE)));
    if (scores.length > 0) {
      XYSeries dots = above.addSeries("trials", triedX, scores);
      dots.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      dots.setMarker(SeriesMarkers.CIRCLE);
      dots.setMarkerColor(Theme.TEXT);
    }
    XYChart below = chart(LOWER, xName, "expected improvement", all(improvement), most);
    Theme.line(
        below.addSeries("improvement", x, improvement), Theme.VALIDATION, SeriesMarkers.NONE);
    BufferedImage image = Theme.blank(Theme.WIDTH, UPPER + LOWER);
    Graphics2D g = image.createGraphics();
    g.drawImage(Theme.draw(above), 0, 0, null);
    g.drawImage(Theme.draw(below), 0, UPPER, null);
    g.dispose();
    return image;
  }

  private double[] band(int deviations) {
    return IntStream.range(0, x.length)
        .mapToDouble(i -> mean[i] + deviations * deviation[i])
        .toArray();
  }

  private static DoubleStream all(double[]... arrays) {
    return Arrays.stream(arrays).flatMapToDouble(DoubleStream::of);
  }

  /** A chart for values of this range, with a line at the place of the largest improvement. */
  private XYChart chart(int height, String xTitle, String yTitle, DoubleStream values, int most) {
    XYChart chart = Theme.chart(Theme.WIDTH, height, "", xTitle, yTitle);
    var range = values.summaryStatistics();
    double spread = range.getMax() - range.getMin();
    double margin = spread > 0 ? MARGIN * spread : 1;
    double low = range.getMin() - margin;
    double high = range.getMax() + margin;
    var styler = chart.getStyler();
    styler.setLegendVisible(false);
    styler.setYAxisMin(low).setYAxisMax(high);
    // Labels of one width, so that the line goes straight on from the panel above.
    styler.setXAxisDecimalPattern("0.##").setYAxisDecimalPattern("0.000");
    styler.setMarkerSize(10);
    Theme.frame(chart, x[0], x[x.length - 1], range.getMin());
    Theme.dashed(chart, "next", x[most], low, x[most], high);
    return chart;
  }
}
