package journey.plot;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Curves of several functions of one number, in panels beside each other, such as activations and
 * their slopes. A name has the same colour in every panel.
 *
 * <pre>{@code
 * FunctionPanels.over("z", -4, 4)
 *     .panel("value", Map.of("tanh", Math::tanh))
 *     .panel("slope", Map.of("tanh", z -> 1 - Math.tanh(z) * Math.tanh(z)))
 *     .draw()
 * }</pre>
 */
public final class FunctionPanels {

  private static final int HEIGHT = 340;
  private static final int POINTS = 241;

  private final String xName;
  private final double low;
  private final double high;
  private final Map<String, Map<String, DoubleUnaryOperator>> panels = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();

  private FunctionPanels(String xName, double low, double high) {
    this.xName = xName;
    this.low = low;
    this.high = high;
  }

  /**
   * Curves over a range.
   *
   * @param xName what the functions take
   * @throws IllegalArgumentException if {@code low} is not below {@code high}
   */
  public static FunctionPanels over(String xName, double low, double high) {
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "the curves must begin below their end, but they go from %s to %s".formatted(low, high));
    }
    return new FunctionPanels(xName, low, high);
  }

  /**
   * Adds a panel to the right.
   *
   * @param yName what the functions give
   * @param functions the functions by name, drawn in the map's order
   * @return these panels
   * @throws IllegalArgumentException if there are no functions, or the panels together have more
   *     names than there are colours
   */
  public FunctionPanels panel(String yName, Map<String, DoubleUnaryOperator> functions) {
    if (functions.isEmpty()) {
      throw new IllegalArgumentException("\"%s\" has no function to draw".formatted(yName));
    }
    for (String name : functions.keySet()) {
      if (!names.contains(name)) {
        Groups.check(names, name);
        names.add(name);
      }
    }
    panels.put(yName, new LinkedHashMap<>(functions));
    return this;
  }

  /**
   * The picture.
   *
   * @throws IllegalStateException if there is no panel
   */
  public BufferedImage draw() {
    if (panels.isEmpty()) {
      throw new IllegalStateException("nothing to draw: add a panel first");
    }
    List<XYChart> charts = new ArrayList<>();
    panels.forEach((yName, functions) -> charts.add(chart(yName, functions)));
    return Theme.sideBySide(charts);
  }

  private XYChart chart(String yName, Map<String, DoubleUnaryOperator> functions) {
    XYChart chart = Theme.chart(Theme.WIDTH / panels.size(), HEIGHT, "", xName, yName);
    double[] x = new double[POINTS];
    Arrays.setAll(x, i -> low + (high - low) * i / (POINTS - 1));
    Theme.frame(chart, low, high, functions.values().iterator().next().applyAsDouble(low));
    functions.forEach(
        (name, function) -> {
          XYSeries curve = chart.addSeries(name, x, Arrays.stream(x).map(function).toArray());
          curve.setLineColor(Theme.ofGroup(names.indexOf(name)));
          curve.setLineWidth(2);
          curve.setMarker(SeriesMarkers.NONE);
        });
    return chart;
  }
}
