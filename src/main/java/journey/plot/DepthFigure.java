package journey.plot;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The size of each layer's numbers, such as gradients or activations, from the first layer to the
 * last, for several networks, in one panel or several beside each other. The size is the root of
 * the mean square, in which zeros count. Its axis is logarithmic, and the same in all panels; a
 * name has the same colour in every panel. Where a layer has nothing but zeros, its line ends.
 *
 * <pre>{@code
 * DepthFigure.of("size of the gradient")
 *     .panel("sigmoid").add("Glorot", layers).add("He", others)
 *     .panel("tanh").add("Glorot", more)
 *     .draw()
 * }</pre>
 */
public final class DepthFigure {

  private static final int HEIGHT = 360;
  private static final int PLOT_HEIGHT = 270;

  private final String yName;
  private String xName = "layer";

  /** Of each panel, by its title, the decimal logarithms of the sizes by the network's name. */
  private final Map<String, Map<String, double[]>> panels = new LinkedHashMap<>();

  private final List<String> names = new ArrayList<>();
  private Map<String, double[]> current;

  private DepthFigure(String yName) {
    this.yName = yName;
  }

  /** A figure without networks; {@code yName} says what is measured. */
  public static DepthFigure of(String yName) {
    return new DepthFigure(yName);
  }

  /**
   * Names what the numbers belong to, if these are not layers: the time steps of a recurrent
   * network, for instance.
   *
   * @return this figure
   */
  public DepthFigure along(String xName) {
    this.xName = xName;
    return this;
  }

  /**
   * Begins a panel to the right, for the networks that are added next.
   *
   * @return this figure
   * @throws IllegalArgumentException if there is a panel of this title
   */
  public DepthFigure panel(String title) {
    if (panels.containsKey(title)) {
      throw new IllegalArgumentException("there is a panel \"%s\" already".formatted(title));
    }
    current = panels.computeIfAbsent(title, t -> new LinkedHashMap<>());
    return this;
  }

  /**
   * Adds a network, to the only panel if none was begun. A name that the figure does not have yet
   * gets the next colour.
   *
   * @param name its name in the legend
   * @param layers the numbers of each layer, from the first to the last, of any shape
   * @return this figure
   * @throws IllegalArgumentException if there is no layer, a number is NaN or infinite, the name is
   *     in this panel already, or there are more names than colours
   */
  public DepthFigure add(String name, List<INDArray> layers) {
    if (current == null) {
      panel("");
    }
    if (!names.contains(name)) {
      Curve.checkNext(names, name);
    } else if (current.containsKey(name)) {
      throw new IllegalArgumentException("\"%s\" is there already".formatted(name));
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("\"%s\" has no %s".formatted(name, xName));
    }
    double[] sizes =
        IntStream.range(0, layers.size())
            .mapToDouble(layer -> size(name, layer + 1, layers.get(layer)))
            .map(Math::log10)
            .toArray();
    if (!names.contains(name)) {
      names.add(name);
    }
    current.put(name, sizes);
    return this;
  }

  /**
   * The picture.
   *
   * @throws IllegalStateException if nothing was added, or all of it is zero
   */
  public BufferedImage draw() {
    List<double[]> all = panels.values().stream().flatMap(p -> p.values().stream()).toList();
    var drawn = all.stream().flatMapToDouble(DepthFigure::upToZero).summaryStatistics();
    if (drawn.getCount() == 0) {
      throw new IllegalStateException("nothing to draw: add a network whose numbers are not all 0");
    }
    LogAxis axis = LogAxis.around(drawn.getMin(), drawn.getMax());
    int depth = all.stream().mapToInt(sizes -> sizes.length).max().orElseThrow();
    XYChart[] charts =
        panels.keySet().stream().map(title -> chart(title, axis, depth)).toArray(XYChart[]::new);
    return Theme.draw(names, charts);
  }

  private XYChart chart(String title, LogAxis axis, int depth) {
    int width = Theme.WIDTH / panels.size();
    XYChart chart = Theme.chart(width, HEIGHT, title, xName, yName);
    Theme.wholeNumbers(chart, 1, depth);
    axis.vertical(chart.getStyler(), PLOT_HEIGHT);
    Theme.frame(chart, 1, Math.max(2, depth), axis.low());
    Map<String, double[]> networks = panels.get(title);
    Curve.draw(
        chart,
        names.stream()
            .map(name -> curve(name, networks.getOrDefault(name, new double[0])))
            .toList());
    return chart;
  }

  private static Curve curve(String name, double[] sizes) {
    double[] y = upToZero(sizes).toArray();
    double[] x = IntStream.rangeClosed(1, y.length).asDoubleStream().toArray();
    return new Curve(name, x, y, null, null, SeriesMarkers.CIRCLE);
  }

  private static DoubleStream upToZero(double[] logarithms) {
    return Arrays.stream(logarithms).takeWhile(Double::isFinite);
  }

  private static double size(String name, int layer, INDArray numbers) {
    double[] values = numbers.castTo(DataType.DOUBLE).reshape(numbers.length()).toDoubleVector();
    double size = Math.sqrt(StatUtils.sumSq(values) / values.length);
    if (!Double.isFinite(size)) {
      throw new IllegalArgumentException(
          "layer %d of \"%s\" has no number, or one that is NaN or infinite"
              .formatted(layer, name));
    }
    return size;
  }
}
