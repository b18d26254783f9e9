package journey.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A binary classifier at every threshold that makes a difference, from taking everything for class
 * 0 down to taking everything for class 1. The thresholds lie halfway between neighbouring
 * probabilities, so that rounding cannot flip an example.
 */
public final class ThresholdSweep {

  private final BinaryPredictions predictions;
  private final List<Point> points;

  /**
   * The classifier at one threshold.
   *
   * @param threshold the probability from which an example is taken for class 1
   * @param confusion how often each class is taken for each there
   */
  public record Point(double threshold, ConfusionMatrix confusion) {

    double balancedAccuracy() {
      return confusion.balancedAccuracy();
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
    return new Point(threshold, predictions.confusion(threshold));
  }

  /**
   * The threshold with the best balanced accuracy; of equally good ones that nearest to 0.5, of two
   * equally near ones the higher.
   *
   * @throws IllegalStateException if a class does not occur, so that there is no balanced accuracy
   */
  public Point bestBalancedAccuracy() {
    for (int c = 0; c < 2; c++) {
      if (classShare(c) == 0) {
        throw new IllegalStateException(
            "no balanced accuracy: none of the %d examples is of class %d, \"%s\""
                .formatted(predictions.labels().length, c, className(c)));
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
    return (double) points.get(0).confusion().actual(c) / predictions.labels().length;
  }

  private static List<Point> sweep(BinaryPredictions predictions) {
    NavigableMap<Double, int[]> falling = countsPerProbability(predictions).descendingMap();
    int[] total = new int[2];
    falling.values().forEach(counts -> add(counts, total));
    int[] taken = new int[2];
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

  private static NavigableMap<Double, int[]> countsPerProbability(BinaryPredictions predictions) {
    NavigableMap<Double, int[]> counts = new TreeMap<>();
    int[] labels = predictions.labels();
    for (int i = 0; i < labels.length; i++) {
      counts.computeIfAbsent(predictions.probability(i), p -> new int[2])[labels[i]]++;
    }
    return counts;
  }

  /** The middle, or {@code above} where rounding would make it {@code below}. */
  private static double between(double below, double above) {
    double middle = below + (above - below) / 2;
    return middle > below ? middle : above;
  }

  private static Point point(double threshold, int[] taken, int[] total) {
    int[][] counts = {{total[0] - taken[0], taken[0]}, {total[1] - taken[1], taken[1]}};
    return new Point(threshold, new ConfusionMatrix(counts));
  }

  private static void add(int[] counts, int[] sum) {
    sum[0] += counts[0];
    sum[1] += counts[1];
  }
}
