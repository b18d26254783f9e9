package journey.plot;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import journey.metrics.TrainingHistory;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How several ways to train compare, epoch by epoch, each run from several seeds: a line for the
 * mean of the runs, around it a band from the lowest to the highest. A curve ends where one of its
 * runs has no figure, or a run diverged.
 *
 * <pre>{@code
 * display(BandCurves.of("validation accuracy").add("SGD", sgd).add("Adam", adam).draw());
 * }</pre>
 */
public final class BandCurves {

  private static final int HEIGHT = 420;

  private final String series;
  private final Map<String, List<TrainingHistory>> groups = new LinkedHashMap<>();
  private double low = Double.NEGATIVE_INFINITY;
  private double high = Double.POSITIVE_INFINITY;
  private int lastEpoch = 1;

  private BandCurves(String series) {
    this.series = series;
  }

  /** Curves of this series of the histories, such as {@code validation accuracy}. */
  public static BandCurves of(String series) {
    return new BandCurves(series);
  }

  /**
   * Adds a way to train, in the next colour.
   *
   * @param name what the legend calls it
   * @param runs the history of each of its runs
   * @return these curves
   * @throws IllegalArgumentException if there are no runs, their epochs differ or one lacks the
   *     series, the name is there already, or there are more names than colours
   */
  public BandCurves add(String name, List<TrainingHistory> runs) {
    if (runs.isEmpty() || runs.get(0).size() == 0) {
      throw new IllegalArgumentException("\"%s\" has no run with an epoch".formatted(name));
    }
    int[] epochs = runs.get(0).epochs();
    for (TrainingHistory run : runs) {
      run.series(series);
      if (!Arrays.equals(epochs, run.epochs())) {
        throw new IllegalArgumentException(
            "the runs of \"%s\" must have the same epochs, but one has %s and another %s"
                .formatted(name, Arrays.toString(epochs), Arrays.toString(run.epochs())));
      }
    }
    Groups.check(groups.keySet(), name);
    groups.put(name, List.copyOf(runs));
    lastEpoch = Math.max(lastEpoch, epochs[epochs.length - 1]);
    return this;
  }

  /**
   * The part of the vertical axis to show; what lies outside is cut off.
   *
   * @return these curves
   * @throws IllegalArgumentException if {@code low} is not below {@code high}
   */
  public BandCurves between(double low, double high) {
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "the axis must begin below its end, but it goes from %s to %s".formatted(low, high));
    }
    this.low = low;
    this.high = high;
    return this;
  }

  /**
   * The epoch at which the axis ends, so that it stays as it is while the curves grow.
   *
   * @return these curves
   */
  public BandCurves until(int epoch) {
    lastEpoch = Math.max(lastEpoch, epoch);
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
    XYChart chart = Theme.chart(Theme.WIDTH, HEIGHT, "", "epoch", series);
    Theme.legendRight(chart);
    int first = groups.values().stream().mapToInt(r -> r.get(0).epochs()[0]).min().orElse(1);
    int begin = Math.min(1, first);
    Theme.wholeNumbers(chart, begin, lastEpoch);
    if (Double.isFinite(low)) {
      chart.getStyler().setYAxisMin(low).setYAxisMax(high);
    }
    List<Band> bands = groups.values().stream().map(runs -> Band.of(runs, series)).toList();
    Theme.frame(chart, begin, Math.max(begin + 1, lastEpoch), anyLevel(bands));
    List<String> names = List.copyOf(groups.keySet());
    for (int i = 0; i < names.size(); i++) {
      addBand(chart, names.get(i), i, bands.get(i));
    }
    for (int i = 0; i < names.size(); i++) {
      addMean(chart, names.get(i), i, bands.get(i));
    }
    return Theme.sideBySide(List.of(chart));
  }

  private static double anyLevel(List<Band> bands) {
    return bands.stream().flatMapToDouble(b -> Arrays.stream(b.mean())).findFirst().orElse(0);
  }

  private static void addBand(XYChart chart, String name, int i, Band band) {
    if (band.runs() > 1 && band.epochs().length > 1) {
      Groups.area(chart, name, i, band.epochs(), band.lowest(), band.highest());
    }
  }

  private void addMean(XYChart chart, String name, int i, Band band) {
    if (band.epochs().length == 0) {
      return;
    }
    String runs = band.runs() == 1 ? "1 run" : band.runs() + " runs";
    XYSeries mean = chart.addSeries("%s (%s)".formatted(name, runs), band.epochs(), band.mean());
    boolean isPoint = band.epochs().length == 1;
    Theme.line(mean, Theme.ofGroup(i), isPoint ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
  }
}
