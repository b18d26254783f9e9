package journey.plot;

import java.util.Collection;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Several things that one picture compares, each with a name and a colour. */
final class Groups {

  private static final int BAND = 46;

  private Groups() {}

  /**
   * @throws IllegalArgumentException if the name is there already, or there is no colour left
   */
  static void check(Collection<String> names, String name) {
    if (names.contains(name)) {
      throw new IllegalArgumentException("\"%s\" is there already".formatted(name));
    }
    if (names.size() == Theme.groups()) {
      throw new IllegalArgumentException(
          "there are colours for %d, so there is none for \"%s\" after %s: draw two pictures"
              .formatted(Theme.groups(), name, names));
    }
  }

  /**
   * The area between two curves in the colour of group {@code i}, without an entry in the legend.
   */
  static void area(XYChart chart, String name, int i, double[] x, double[] low, double[] high) {
    XYSeries area = chart.addSeries("band of " + name, thereAndBack(x, x), thereAndBack(low, high));
    area.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    area.setFillColor(Theme.transparent(Theme.ofGroup(i), BAND));
    area.setLineStyle(SeriesLines.NONE);
    area.setMarker(SeriesMarkers.NONE);
    area.setShowInLegend(false);
  }

  private static double[] thereAndBack(double[] there, double[] back) {
    int n = back.length;
    return DoubleStream.concat(
            DoubleStream.of(there), IntStream.range(0, n).mapToDouble(i -> back[n - 1 - i]))
        .toArray();
  }
}
