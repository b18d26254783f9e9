package journey.plot;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import journey.metrics.TrainingHistory;
import org.apache.commons.math3.stat.StatUtils;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Several methods of training compared epoch by epoch, each run from several seeds: a line for the
 * mean of the runs, around it a band from the lowest to the highest; a panel for each series. A
 * curve ends where one of its runs has no value, or diverged.
 *
 * <pre>{@code
 * BandCurves.of("train loss", "validation accuracy").add("SGD", sgd).add("Adam", adam).draw()
 * }</pre>
 */
public final class BandCurves {

  private static final int HEIGHT = 380;

  private final List<String> series;
  private final Map<String, List<TrainingHistory>> groups = new LinkedHashMap<>();
  private int lastEpoch = 1;
  private String xName = "epoch";

  private BandCurves(List<String> series) {
    this.series = series;
  }

  /**
   * Curves of these series of the histories, such as {@code validation accuracy}, each in a panel
   * of its own.
   *
   * @throws IllegalArgumentException if there is no series
   */
  public static BandCurves of(String... series) {
    if (series.length == 0) {
      throw new IllegalArgumentException("expected the name of one series or more, but found none");
    }
    return new BandCurves(List.of(series));
  }

  /**
   * Adds a method, in the next colour.
   *
   * @param name its name in the legend
   * @param runs the history of each of its runs
   * @return these curves
   * @throws IllegalArgumentException if there are no runs, their epochs differ or one lacks a
   *     series, the name is there already, or there are more names than colours
   */
  public BandCurves add(String name, List<TrainingHistory> runs) {
    if (runs.isEmpty() || runs.get(0).size() == 0) {
      throw new IllegalArgumentException("\"%s\" has no run with an epoch".formatted(name));
    }
    int[] epochs = runs.get(0).epochs();
    for (TrainingHistory run : runs) {
      series.forEach(run::series);
      if (!Arrays.equals(epochs, run.epochs())) {
        throw new IllegalArgumentException(
            "the runs of \"%s\" must have the same epochs, but one has %s and another %s"
                .formatted(name, Arrays.toString(epochs), Arrays.toString(run.epochs())));
      }
    }
    Curve.checkNext(groups.keySet(), name);
    groups.put(name, List.copyOf(runs));
    return until(epochs[epochs.length - 1]);
  }

  /**
   * Lets the axis end at this epoch or later, so that it stays as it is while the curves grow.
   *
   * @return these curves
   */
  public BandCurves until(int epoch) {
    lastEpoch = Math.max(lastEpoch, epoch);
    return this;
  }

  /**
   * Names the horizontal axis, where the histories count something other than epochs.
   *
   * @return these curves
   */
  public BandCurves over(String what) {
    xName = what;
    return this;
  }

  /**
   * The picture.
   *
   * @throws IllegalStateException if nothing was added
   */
  public BufferedImage draw() {
    if (groups.isEmpty()) {
      throw new IllegalStateException("no curve to draw: add runs first");
    }
    return Theme.draw(
        groups.keySet().stream().map(this::legend).toList(),
        series.stream().map(this::panel).toArray(XYChart[]::new));
  }

  private XYChart panel(String shown) {
    XYChart chart = Theme.chart(Theme.WIDTH / series.size(), HEIGHT, "", xName, shown);
    int first = groups.values().stream().mapToInt(r -> r.get(0).epochs()[0]).min().orElse(1);
    int begin = Math.min(1, first);
    Theme.wholeNumbers(chart, begin, lastEpoch);
    List<Curve> curves = new ArrayList<>();
    groups.forEach((name, runs) -> curves.add(curve(name, runs, shown)));
    double anyLevel =
        curves.stream().flatMapToDouble(c -> Arrays.stream(c.y())).findFirst().orElse(0);
    Theme.frame(chart, begin, Math.max(begin + 1, lastEpoch), anyLevel);
    Curve.draw(chart, curves);
    return chart;
  }

  private String legend(String name) {
    int runs = groups.get(name).size();
    return "%s (%s %s)".formatted(name, runs, runs > 1 ? "runs" : "run");
  }

  /** Up to the first epoch at which one of the runs has no finite value. */
  private static Curve curve(String name, List<TrainingHistory> histories, String shown) {
    int[] epochs = histories.get(0).epochs();
    List<double[]> runs = histories.stream().map(history -> history.series(shown)).toList();
    int end =
        IntStream.range(0, epochs.length)
            .filter(e -> !runs.stream().allMatch(run -> Double.isFinite(run[e])))
            .findFirst()
            .orElse(epochs.length);
    boolean several = runs.size() > 1;
    return new Curve(
        name,
        Arrays.stream(epochs, 0, end).asDoubleStream().toArray(),
        each(runs, end, StatUtils::mean),
        several ? each(runs, end, StatUtils::min) : null,
        several ? each(runs, end, StatUtils::max) : null,
        end == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
  }

  private static double[] each(List<double[]> runs, int end, ToDoubleFunction<double[]> statistic) {
    return IntStream.range(0, end)
        .mapToDouble(e -> statistic.applyAsDouble(runs.stream().mapToDouble(r -> r[e]).toArray()))
        .toArray();
  }
}
