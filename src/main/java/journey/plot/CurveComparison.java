package journey.plot;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Several curves over a number other than the epoch, such as minutes, each with a point at every
 * measurement.
 *
 * <pre>{@code
 * CurveComparison.of("minutes", "accuracy").add("small", x, y).draw()
 * }</pre>
 */
public final class CurveComparison {

  private final String xName;
  private final String yName;
  private final Map<String, Curve> curves = new LinkedHashMap<>();
  private String levelName;
  private double level;

  private CurveComparison(String xName, String yName) {
    this.xName = xName;
    this.yName = yName;
  }

  /** No curves yet; the names of the axes. */
  public static CurveComparison of(String xName, String yName) {
    return new CurveComparison(xName, yName);
  }

  /**
   * Adds a curve, in the next colour.
   *
   * @param name its name in the legend
   * @return these curves
   * @throws IllegalArgumentException if x and y differ in length, are empty or hold a number that
   *     is not finite, the name is there already, or there are more names than colours
   */
  public CurveComparison add(String name, double[] x, double[] y) {
    Curve.checkNext(curves.keySet(), name);
    boolean finite =
        Arrays.stream(x).allMatch(Double::isFinite) && Arrays.stream(y).allMatch(Double::isFinite);
    if (x.length == 0 || x.length != y.length || !finite) {
      throw new IllegalArgumentException(
          "\"%s\" needs points of finite numbers, but its %s are %s and its %s %s"
              .formatted(name, xName, Arrays.toString(x), yName, Arrays.toString(y)));
    }
    curves.put(name, new Curve(name, x.clone(), y.clone(), null, null, SeriesMarkers.CIRCLE));
    return this;
  }

  /**
   * Adds a dashed line across, such as a reference.
   *
   * @return these curves
   */
  public CurveComparison level(String name, double level) {
    this.levelName = name;
    this.level = level;
    return this;
  }

  /**
   * The picture.
   *
   * @throws IllegalStateException if nothing was added
   */
  public BufferedImage draw() {
    if (curves.isEmpty()) {
      throw new IllegalStateException("no curve to draw: add one first");
    }
    List<Curve> all = List.copyOf(curves.values());
    double end = all.stream().flatMapToDouble(c -> Arrays.stream(c.x())).max().orElseThrow();
    double last = end > 0 ? end : 1;
    XYChart chart = Theme.chart(xName, yName);
    Theme.frame(chart, 0, last, all.get(0).y()[0]);
    Curve.draw(chart, all);
    if (levelName != null) {
      Theme.dashed(chart, levelName, 0, level, last, level);
    }
    return Theme.draw(chart);
  }
}
