package journey.plot;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import journey.metrics.Estimate;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What several methods reach with more and more examples: a line for each method, around it a band
 * of the 95 % intervals, as far as they lie between 0 and 1. The sizes are equally far apart,
 * whatever they are, for each is usually some times the one before.
 *
 * <pre>{@code
 * SampleSizeFigure.of("labelled pictures", "accuracy", 10, 30, 100).add("frozen", means).draw()
 * }</pre>
 */
public final class SampleSizeFigure {

  private final String what;
  private final String measure;
  private final int[] sizes;
  private final Map<String, List<Estimate>> methods = new LinkedHashMap<>();
  private String baselineName;
  private double baseline;

  private SampleSizeFigure(String what, String measure, int[] sizes) {
    this.what = what;
    this.measure = measure;
    this.sizes = sizes;
  }

  /**
   * A figure without methods.
   *
   * @param what there is more and more of, at the horizontal axis
   * @param measure what was measured, a share such as the accuracy, at the vertical axis
   * @param sizes how many examples, rising
   * @throws IllegalArgumentException if there are not two sizes or more
   */
  public static SampleSizeFigure of(String what, String measure, int... sizes) {
    if (sizes.length < 2) {
      throw new IllegalArgumentException(
          "a curve needs two sizes or more, but found " + sizes.length);
    }
    return new SampleSizeFigure(what, measure, sizes.clone());
  }

  /**
   * Adds a method, in the next colour.
   *
   * @param name its name in the legend
   * @param means what it reached with each size; one without an interval has no band
   * @return this figure
   * @throws IllegalArgumentException if there is not one for each size, the name is there already,
   *     or there are more names than colours
   */
  public SampleSizeFigure add(String name, List<Estimate> means) {
    if (means.size() != sizes.length) {
      throw new IllegalArgumentException(
          "\"%s\" needs a value for each of %d sizes, but has %d"
              .formatted(name, sizes.length, means.size()));
    }
    Curve.checkNext(methods.keySet(), name);
    methods.put(name, List.copyOf(means));
    return this;
  }

  /**
   * Adds a dashed line.
   *
   * @return this figure
   */
  public SampleSizeFigure baseline(String name, double value) {
    baselineName = name;
    baseline = value;
    return this;
  }

  /**
   * The picture.
   *
   * @throws IllegalStateException if there is no method
   */
  public BufferedImage draw() {
    if (methods.isEmpty()) {
      throw new IllegalStateException("no curve to draw: add a method first");
    }
    XYChart chart = Theme.chart(what, measure);
    int last = sizes.length - 1;
    Theme.wholeNumbers(chart, 0, last);
    chart.getStyler().setXAxisTickLabelsFormattingFunction(this::label);
    double[] x = IntStream.rangeClosed(0, last).asDoubleStream().toArray();
    if (baselineName == null) {
      Theme.frame(chart, 0, last, methods.values().iterator().next().get(0).value());
    } else {
      Theme.dashed(chart, baselineName, 0, baseline, last, baseline);
    }
    List<Curve> curves = new ArrayList<>();
    methods.forEach((name, means) -> curves.add(curve(name, x, means)));
    Curve.draw(chart, curves);
    return Theme.draw(chart);
  }

  private String label(double position) {
    int i = (int) Math.rint(position);
    boolean isOne = Math.abs(position - i) < 1e-6 && i >= 0 && i < sizes.length;
    return isOne ? String.format(Locale.ROOT, "%,d", sizes[i]) : "";
  }

  private static Curve curve(String name, double[] x, List<Estimate> means) {
    return new Curve(
        name,
        x,
        each(means, Estimate::value),
        each(means, m -> m.interval() == null ? m.value() : Math.max(0, m.interval().low())),
        each(means, m -> m.interval() == null ? m.value() : Math.min(1, m.interval().high())),
        SeriesMarkers.CIRCLE);
  }

  private static double[] each(List<Estimate> means, ToDoubleFunction<Estimate> number) {
    return means.stream().mapToDouble(number).toArray();
  }
}
