package journey.plot;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Several curves over a number that is no count of epochs, such as minutes, each with a point where
 * something was measured.
 *
 * <pre>{@code
 * display(CurveComparison.over("minutes", "accuracy").add("small", x, y).draw());
 * }</pre>
 */
public final class CurveComparison {

  private static final int HEIGHT = 420;

  private final String xName;
  private final String yName;
  private final Map<String, Curve> curves = new LinkedHashMap<>();
  private String levelName;
  private double level;

  private record Curve(double[] x, double[] y) {}

  private CurveComparison(String xName, String yName) {
    this.xName = xName;
    this.yName = yName;
  }

  /** No curves yet; the names of the axes. */
  public static CurveComparison over(String xName, String yName) {
    return new CurveComparison(xName, yName);
  }

  /**
   * Adds a curve, in the next colour.
   *
   * @param name what the legend calls it
   * @throws IllegalArgumentException if there are not as many of x as of y, none, or one is not
   *     finite, the name is there already, or there are more names than colours
   */
  public CurveComparison add(String name, double[] x, double[] y) {
    Groups.check(curves.keySet(), name);
    boolean finite =
        Arrays.stream(x).allMatch(Double::isFinite) && Arrays.stream(y).allMatch(Double::isFinite);
    if (x.length == 0 || x.length != y.length || !finite) {
      throw new IllegalArgumentException(
          "\"%s\" needs points of finite numbers, but its %s are %s and its %s %s"
              .formatted(name, xName, Arrays.toString(x), yName, Arrays.toString(y)));
    }
    curves.put(name, new Curve(x.clone(), y.clone()));
    return this;
  }

  /**
   * A dashed line across, such as a reference.
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
    double end =
        curves.values().stream().flatMapToDouble(c -> Arrays.stream(c.x())).max().orElseThrow();
    double last = end > 0 ? end : 1;
    XYChart chart = Theme.chart(Theme.WIDTH, HEIGHT, "", xName, yName);
    Theme.legendRight(chart);
    Theme.frame(chart, 0, last, curves.values().iterator().next().y()[0]);
    List<String> names = List.copyOf(curves.keySet());
    for (int i = 0; i < names.size(); i++) {
      Curve curve = curves.get(names.get(i));
      var series = chart.addSeries(names.get(i), curve.x(), curve.y());
      Theme.line(series, Theme.ofGroup(i), SeriesMarkers.CIRCLE);
    }
    if (levelName != null) {
      Theme.dashed(chart, levelName, 0, level, last, level);
    }
    return Theme.sideBySide(List.of(chart));
  }
}
