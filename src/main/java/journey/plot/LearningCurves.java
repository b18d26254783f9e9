package journey.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import journey.metrics.TrainingHistory;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The course of a training, epoch by epoch: a panel for each measure (loss, accuracy) with a curve
 * for each part of the data (train, validation). What belongs to no part, such as the learning
 * rate, has a narrower panel of its own. Fast enough to be drawn again after each epoch.
 *
 * <pre>{@code
 * LearningCurves.of(history).until(60).baseline("accuracy", "majority", 0.9).draw()
 * }</pre>
 */
public final class LearningCurves {

  private static final int HEIGHT = 330;
  private static final int NARROW = 180;
  private static final Map<String, Color> PARTS =
      Map.of("train", Theme.TRAIN, "validation", Theme.VALIDATION, "test", Theme.TEST);

  private final TrainingHistory history;
  private final Map<String, Baseline> baselines = new LinkedHashMap<>();
  private final Map<String, Range> ranges = new LinkedHashMap<>();
  private int lastEpoch;

  private record Baseline(String name, double value) {}

  private record Range(double low, double high) {}

  private LearningCurves(TrainingHistory history) {
    this.history = history;
    int[] epochs = history.epochs();
    this.lastEpoch = epochs.length == 0 ? 1 : epochs[epochs.length - 1];
  }

  /** Curves of this history, as it stands when they are drawn. */
  public static LearningCurves of(TrainingHistory history) {
    return new LearningCurves(history);
  }

  /**
   * Lets the axis end at this epoch or later, so that it stays as it is while the curves grow.
   *
   * @return these curves
   */
  public LearningCurves until(int epoch) {
    lastEpoch = Math.max(lastEpoch, epoch);
    return this;
  }

  /**
   * Adds a dashed line to the panel of a measure, such as {@code accuracy}.
   *
   * @return these curves
   */
  public LearningCurves baseline(String measure, String name, double value) {
    baselines.put(measure, new Baseline(name, value));
    return this;
  }

  /**
   * Lets the axis of a measure, such as {@code accuracy}, cover this range whatever the curves, so
   * that several figures can be compared.
   *
   * @return these curves
   * @throws IllegalArgumentException if the range is empty
   */
  public LearningCurves range(String measure, double low, double high) {
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "the range of \"%s\" must rise, but is %s to %s".formatted(measure, low, high));
    }
    ranges.put(measure, new Range(low, high));
    return this;
  }

  /**
   * The panels beside each other.
   *
   * @throws IllegalStateException if the history has no series yet
   */
  public BufferedImage draw() {
    Map<String, List<String>> series = seriesByMeasure();
    if (series.isEmpty()) {
      throw new IllegalStateException("no curve to draw: the training history is empty");
    }
    int narrow = (int) series.keySet().stream().filter(history.names()::contains).count();
    int width = (Theme.WIDTH - narrow * NARROW) / Math.max(2, series.size() - narrow);
    return Theme.draw(
        series.entrySet().stream()
            .map(
                measure ->
                    panel(
                        history.names().contains(measure.getKey()) ? NARROW : width,
                        measure.getKey(),
                        measure.getValue()))
            .toArray(XYChart[]::new));
  }

  /** The part of the data that a series belongs to, or its whole name if it belongs to none. */
  private static String part(String name) {
    String first = name.split(" ", 2)[0];
    return PARTS.containsKey(first) ? first : name;
  }

  private Map<String, List<String>> seriesByMeasure() {
    Map<String, List<String>> series = new LinkedHashMap<>();
    for (String name : history.names()) {
      String measure = part(name).equals(name) ? name : name.substring(name.indexOf(' ') + 1);
      series.computeIfAbsent(measure, m -> new ArrayList<>()).add(name);
    }
    return series;
  }

  private XYChart panel(int width, String measure, List<String> names) {
    XYChart chart = Theme.chart(width, HEIGHT, measure, "epoch", measure);
    int firstEpoch = Math.min(1, history.epochs()[0]);
    int epochs = Math.max(1, lastEpoch - firstEpoch);
    Theme.wholeNumbers(chart, firstEpoch, firstEpoch + epochs);
    Range range = ranges.get(measure);
    if (range != null) {
      chart.getStyler().setYAxisMin(range.low()).setYAxisMax(range.high());
    }
    chart.getStyler().setYAxisDecimalPattern("0.###");
    Theme.frame(chart, firstEpoch, firstEpoch + epochs, anyLevel(names));
    names.forEach(name -> addCurve(chart, name, colour(name)));
    Baseline baseline = baselines.get(measure);
    if (baseline != null) {
      double level = baseline.value();
      Theme.dashed(chart, baseline.name(), firstEpoch, level, firstEpoch + epochs, level);
    }
    return chart;
  }

  /** A level within the panel. */
  private double anyLevel(List<String> names) {
    return names.stream()
        .flatMapToDouble(name -> Arrays.stream(history.series(name)))
        .filter(Double::isFinite)
        .findFirst()
        .orElse(0);
  }

  private void addCurve(XYChart chart, String name, Color colour) {
    int[] epochs = history.epochs();
    double[] values = history.series(name);
    int[] finite =
        IntStream.range(0, values.length).filter(i -> Double.isFinite(values[i])).toArray();
    if (finite.length == 0) {
      return;
    }
    XYSeries series =
        chart.addSeries(
            legend(name),
            IntStream.of(finite).mapToDouble(i -> epochs[i]).toArray(),
            IntStream.of(finite).mapToDouble(i -> values[i]).toArray());
    Theme.line(series, colour, finite.length > 1 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
  }

  /** The part, or the last word of what belongs to none: a narrow panel has room for no more. */
  private static String legend(String name) {
    return part(name).equals(name) ? name.substring(name.lastIndexOf(' ') + 1) : part(name);
  }

  private static Color colour(String name) {
    return PARTS.getOrDefault(part(name), Theme.REFERENCE);
  }
}
