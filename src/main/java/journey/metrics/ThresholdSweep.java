package journey.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a binary classifier does at every threshold that makes a difference: from taking everything
 * for class 0 down to taking everything for class 1. The thresholds lie halfway between
 * neighbouring probabilities, so that rounding cannot flip an example.
 */
public final class ThresholdSweep {

  private final BinaryPredictions predictions;
  private final List<Point> points;

  /**
   * The classifier at one threshold.
   *
   * @param threshold from which probability on an example is taken for class 1
   * @param counts how often each class is taken for each there
   */
  public record Point(double threshold, BinaryCounts counts) {

    /** The mean of the two classes' recalls. */
    public double balancedAccuracy() {
      return counts.balancedAccuracy();
    }
  }

  ThresholdSweep(BinaryPredictions predictions) {
    this.predictions = predictions;
    this.points = List.copyOf(sweep(predictions));
  }

  /** One point for each threshold that makes a difference, from the highest threshold down. */
  public List<Point> points() {
    return points;
  }

  /** The classifier at any threshold. */
  public Point at(double threshold) {
    return new Point(threshold, predictions.counts(threshold));
  }

  /**
   * The threshold with the best balanced accuracy; of equally good ones that nearest to 0.5, of two
   * equally near ones the higher.
   *
   * @throws IllegalStateException if a class does not occur, so that there is no balanced accuracy
   */
  public Point bestBalancedAccuracy() {
    for (int c = 0; c < 2; c++) {
      if (points.get(0).counts().actual(c) == 0) {
        throw new IllegalStateException(
            "no balanced accuracy: none of the %d examples is of class %d, \"%s\""
                .formatted(predictions.size(), c, className(c)));
      }
    }
    return points.stream()
        .max(
            Comparator.comparingDouble(Point::balancedAccuracy)
                .thenComparing(p -> -Math.abs(p.threshold() - 0.5))
                .thenComparing(Point::threshold))
        .orElseThrow();
  }

  /** The name of class {@code c}. */
  public String className(int c) {
    return predictions.classNames().get(c);
  }

  /** The share of class {@code c}: the precision of taking everything for it. */
  public double classShare(int c) {
    return (double) points.get(0).counts().actual(c) / predictions.size();
  }

  private static List<Point> sweep(BinaryPredictions predictions) {
    NavigableMap<Double, long[]> falling = countsPerProbability(predictions).descendingMap();
    long[] total = new long[2];
    falling.values().forEach(counts -> add(counts, total));
    long[] taken = new long[2];
    List<Point> points = new ArrayList<>();
    double above = Math.nextUp(1.0);
    for (var entry : falling.entrySet()) {
      points.add(point(between(entry.getKey(), above), taken, total));
      add(entry.getValue(), taken);
      above = entry.getKey();
    }
    points.add(point(0, taken, total));
    return points;
  }

  private static NavigableMap<Double, long[]> countsPerProbability(BinaryPredictions predictions) {
    NavigableMap<Double, long[]> counts = new TreeMap<>();
    for (int i = 0; i < predictions.size(); i++) {
      counts.computeIfAbsent(predictions.probability(i), p -> new long[2])[predictions.label(i)]++;
    }
    return counts;
  }

  /** The middle, or {@code above} where rounding would make it {@code below}. */
  private static double between(double below, double above) {
    double middle = below + (above - below) / 2;
    return middle > below ? middle : above;
  }

  private static Point point(double threshold, long[] taken, long[] total) {
    return new Point(
        threshold, new BinaryCounts(total[0] - taken[0], taken[0], total[1] - taken[1], taken[1]));
  }

  private static void add(long[] counts, long[] sum) {
    sum[0] += counts[0];
    sum[1] += counts[1];
  }
}
