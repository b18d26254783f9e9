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
 * Curves of functions of one number, in one panel or several beside each other, such as activations
 * and their slopes. A name has the same colour in every panel.
 *
 * <pre>{@code
 * FunctionFigure.of("z", -4, 4)
 *     .panel("value", Map.of("tanh", Math::tanh))
 *     .panel("slope", Map.of("tanh", z -> 1 - Math.tanh(z) * Math.tanh(z)))
 *     .draw()
 * }</pre>
 */
public final class FunctionFigure {

  private static final int HEIGHT = 340;
  private static final int WIDTH_ALONE = 560;
  private static final int POINTS = 401;

  /** Free space above and below the curves, as a share of their height, so that their ends show. */
  private static final double MARGIN = 0.08;

  private final String xName;
  private final double[] x;
  private final Map<String, Map<String, DoubleUnaryOperator>> panels = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();
  private final Map<String, Double> marks = new LinkedHashMap<>();

  private FunctionFigure(String xName, double low, double high) {
    this.xName = xName;
    this.x = new double[POINTS];
    Arrays.setAll(x, i -> low + (high - low) * i / (POINTS - 1));
  }

  /**
   * A figure without panels.
   *
   * @param xName what the functions take
   * @param low where the curves begin
   * @param high where they end
   * @throws IllegalArgumentException if {@code low} is not below {@code high}
   */
  public static FunctionFigure of(String xName, double low, double high) {
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "the curves must begin below their end, but they go from %s to %s".formatted(low, high));
    }
    return new FunctionFigure(xName, low, high);
  }

  /**
   * Adds a panel to the right.
   *
   * @param yName what the functions give
   * @param functions the functions by name, drawn in the map's order
   * @return this figure
   * @throws IllegalArgumentException if there are no functions, or the panels together have more
   *     names than there are colours
   */
  public FunctionFigure panel(String yName, Map<String, DoubleUnaryOperator> functions) {
    if (functions.isEmpty()) {
      throw new IllegalArgumentException("\"%s\" has no function to draw".formatted(yName));
    }
    for (String name : functions.keySet()) {
      if (!names.contains(name)) {
        Curve.checkNext(names, name);
        names.add(name);
      }
    }
    panels.put(yName, new LinkedHashMap<>(functions));
    return this;
  }

  /**
   * Marks a place on every curve; the names and places stand in the legend.
   *
   * @param name a name of its own
   * @param place where, on the horizontal axis
   * @return this figure
   * @throws IllegalArgumentException if a curve or a mark has the name, or the curves do not reach
   *     the place
   */
  public FunctionFigure mark(String name, double place) {
    if (names.contains(name) || marks.containsKey(name)) {
      throw new IllegalArgumentException(
          "expected a name of its own for a mark, but \"%s\" is there already".formatted(name));
    }
    if (!(x[0] <= place && place <= x[POINTS - 1])) {
      throw new IllegalArgumentException(
          "the curves go from %s to %s, so \"%s\" cannot be marked at %s"
              .formatted(x[0], x[POINTS - 1], name, place));
    }
    marks.put(name, place);
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
    return Theme.draw(charts.toArray(XYChart[]::new));
  }

  private XYChart chart(String yName, Map<String, DoubleUnaryOperator> functions) {
    int width = panels.size() == 1 ? WIDTH_ALONE : Theme.WIDTH / panels.size();
    XYChart chart = Theme.chart(width, HEIGHT, "", xName, yName);
    Map<String, double[]> curves = new LinkedHashMap<>();
    functions.forEach((name, f) -> curves.put(name, Arrays.stream(x).map(f).toArray()));
    var range = curves.values().stream().flatMapToDouble(Arrays::stream).summaryStatistics();
    double margin = MARGIN * (range.getMax() - range.getMin());
    var styler = chart.getStyler();
    styler.setXAxisDecimalPattern("0.##").setYAxisDecimalPattern("0.###");
    if (margin > 0) {
      styler.setYAxisMin(range.getMin() - margin).setYAxisMax(range.getMax() + margin);
    }
    Theme.frame(chart, x[0], x[POINTS - 1], range.getMin());
    curves.forEach(
        (name, y) ->
            Theme.line(
                chart.addSeries(name, x, y),
                Theme.ofGroup(names.indexOf(name)),
                SeriesMarkers.NONE));
    marks.forEach((name, place) -> mark(chart, name, place, functions));
    return chart;
  }

  private void mark(
      XYChart chart, String name, double place, Map<String, DoubleUnaryOperator> functions) {
    double[] y = functions.values().stream().mapToDouble(f -> f.applyAsDouble(place)).toArray();
    double[] places = new double[y.length];
    Arrays.fill(places, place);
    XYSeries series = chart.addSeries(name, places, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    int shape = List.copyOf(marks.keySet()).indexOf(name) % Theme.MARKERS.size();
    series.setMarker(Theme.MARKERS.get(shape));
    series.setMarkerColor(Theme.TEXT);
    chart.getStyler().setMarkerSize(12);
  }
}
