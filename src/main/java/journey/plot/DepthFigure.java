package journey.plot;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sizes of each layer's numbers, such as gradients or activations, from the first layer to the
 * last, for several networks. The line is the median of the sizes, the band holds their middle
 * half; the axis is logarithmic.
 *
 * <p>Zeros have no place on that axis, and a network of ReLUs has many: the line and the band leave
 * them out, and the legend tells their share. Where a layer has nothing but zeros, the line ends.
 *
 * <pre>{@code
 * DepthFigure.of("size of the gradient").add("sigmoid", layers).add("ReLU", others).draw()
 * }</pre>
 */
public final class DepthFigure {

  private static final int PLOT_HEIGHT = 330;

  private final String yName;
  private final Map<String, List<Quartiles>> groups = new LinkedHashMap<>();

  private DepthFigure(String yName) {
    this.yName = yName;
  }

  /** A figure without networks; {@code yName} says what is measured. */
  public static DepthFigure of(String yName) {
    return new DepthFigure(yName);
  }

  /**
   * Adds a network, in the next colour.
   *
   * @param name its name in the legend
   * @param layers the numbers of each layer, from the first to the last, of any shape
   * @return this figure
   * @throws IllegalArgumentException if there is no layer, a number is NaN or infinite, the name is
   *     there already, or there are more names than colours
   */
  public DepthFigure add(String name, List<INDArray> layers) {
    Curve.checkNext(groups.keySet(), name);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("\"%s\" has no layer".formatted(name));
    }
    groups.put(
        name,
        IntStream.range(0, layers.size())
            .mapToObj(layer -> quartiles(name, layer + 1, layers.get(layer)))
            .toList());
    return this;
  }

  /**
   * The picture.
   *
   * @throws IllegalStateException if nothing was added, or all of it is zero
   */
  public BufferedImage draw() {
    List<Quartiles> all =
        groups.values().stream().flatMap(List::stream).filter(Quartiles::exist).toList();
    if (all.isEmpty()) {
      throw new IllegalStateException("nothing to draw: add a network whose numbers are not all 0");
    }
    double lowest = all.stream().mapToDouble(Quartiles::low).min().orElseThrow();
    double highest = all.stream().mapToDouble(Quartiles::high).max().orElseThrow();
    int depth = groups.values().stream().mapToInt(List::size).max().orElseThrow();
    XYChart chart = Theme.chart("layer", yName);
    Theme.wholeNumbers(chart, 1, depth);
    LogAxis.around(lowest, highest).vertical(chart.getStyler(), PLOT_HEIGHT);
    Theme.frame(chart, 1, Math.max(2, depth), lowest);
    Curve.draw(chart, groups.keySet().stream().map(this::curve).toList());
    return Theme.draw(chart);
  }

  /** Up to the first layer that is all zeros. */
  private Curve curve(String name) {
    List<Quartiles> layers = groups.get(name).stream().takeWhile(Quartiles::exist).toList();
    return new Curve(
        legend(name),
        IntStream.rangeClosed(1, layers.size()).asDoubleStream().toArray(),
        layers.stream().mapToDouble(Quartiles::median).toArray(),
        layers.stream().mapToDouble(Quartiles::low).toArray(),
        layers.stream().mapToDouble(Quartiles::high).toArray(),
        SeriesMarkers.CIRCLE);
  }

  private String legend(String name) {
    double zeros = groups.get(name).stream().mapToDouble(Quartiles::zeros).average().orElse(0);
    return zeros < 0.005
        ? name
        : String.format(Locale.ROOT, "%s (%.0f %% are 0)", name, 100 * zeros);
  }

  /** Of the decimal logarithms of sizes, NaN if all are zero; and the share of zeros. */
  private record Quartiles(double low, double median, double high, double zeros) {

    boolean exist() {
      return !Double.isNaN(median);
    }
  }

  private static Quartiles quartiles(String name, int layer, INDArray numbers) {
    double[] sizes =
        Arrays.stream(numbers.castTo(DataType.DOUBLE).reshape(numbers.length()).toDoubleVector())
            .map(Math::abs)
            .sorted()
            .toArray();
    // NaN and infinity are sorted behind all others.
    if (sizes.length == 0 || !Double.isFinite(sizes[sizes.length - 1])) {
      throw new IllegalArgumentException(
          "layer %d of \"%s\" has no number, or one that is NaN or infinite"
              .formatted(layer, name));
    }
    double[] logs = Arrays.stream(sizes).filter(size -> size > 0).map(Math::log10).toArray();
    return new Quartiles(
        quantile(logs, 0.25),
        quantile(logs, 0.5),
        quantile(logs, 0.75),
        1 - (double) logs.length / sizes.length);
  }

  private static double quantile(double[] sorted, double share) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
