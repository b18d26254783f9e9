package journey.plot;

import java.util.Collection;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * One of the curves that a chart compares.
 *
 * @param legend its entry in the legend
 * @param low where the band around it begins, or null if it has none
 * @param high where the band ends, or null
 */
record Curve(String legend, double[] x, double[] y, double[] low, double[] high, Marker marker) {

  private static final int BAND_ALPHA = 46;

  /**
   * @throws IllegalArgumentException if the name is there already, or there is no colour left
   */
  static void checkNext(Collection<String> names, String name) {
    if (names.contains(name)) {
      throw new IllegalArgumentException("\"%s\" is there already".formatted(name));
    }
    if (names.size() == Theme.groups()) {
      throw new IllegalArgumentException(
          "there are colours for %d, so there is none for \"%s\" after %s: draw two pictures"
              .formatted(Theme.groups(), name, names));
    }
  }

  /** Draws each curve in its colour, all bands behind all lines. */
  static void draw(XYChart chart, List<Curve> curves) {
    for (int i = 0; i < curves.size(); i++) {
      Curve curve = curves.get(i);
      if (curve.low != null && curve.x.length > 1) {
        curve.addBand(chart, i);
      }
    }
    for (int i = 0; i < curves.size(); i++) {
      Curve curve = curves.get(i);
      if (curve.x.length > 0) {
        XYSeries line = chart.addSeries(curve.legend, curve.x, curve.y);
        Theme.line(line, Theme.ofGroup(i), curve.marker);
      }
    }
  }

  private void addBand(XYChart chart, int i) {
    XYSeries band =
        chart.addSeries("band of " + legend, thereAndBack(x, x), thereAndBack(low, high));
    band.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    band.setFillColor(Theme.transparent(Theme.ofGroup(i), BAND_ALPHA));
    band.setLineStyle(SeriesLines.NONE);
    band.setMarker(SeriesMarkers.NONE);
    band.setShowInLegend(false);
  }

  private static double[] thereAndBack(double[] there, double[] back) {
    int n = back.length;
    return DoubleStream.concat(
            DoubleStream.of(there), IntStream.range(0, n).mapToDouble(i -> back[n - 1 - i]))
        .toArray();
  }
}
