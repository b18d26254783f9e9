package journey.plot;

import java.awt.Color;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Bars over intervals of a number, a little apart from each other: all together one polygon. */
final class Bars {

  private static final double GAP = 0.04;

  private final DoubleStream.Builder x = DoubleStream.builder();
  private final DoubleStream.Builder y = DoubleStream.builder();

  /** Adds a bar. */
  void add(double low, double high, double height) {
    double left = low + GAP * (high - low);
    double right = high - GAP * (high - low);
    x.add(left).add(left).add(right).add(right);
    y.add(0).add(height).add(height).add(0);
  }

  /** Draws the bars that were added, in one colour. */
  void draw(XYChart chart, String name, Color colour) {
    XYSeries bars = chart.addSeries(name, x.build().toArray(), y.build().toArray());
    bars.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    bars.setFillColor(colour);
    bars.setLineColor(colour);
    bars.setLineStyle(SeriesLines.NONE);
    bars.setMarker(SeriesMarkers.NONE);
  }
}
