package journey.metrics;

import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;

/**
 * Whether a classifier is as often right as it says: of the answers it gave with a probability of
 * about 0.8, about 80 % should be right. The answers are put into bins of equal width by the
 * probability of the class that was answered.
 *
 * @see <a href="https://arxiv.org/abs/1706.04599">C. Guo and others, On Calibration of Modern
 *     Neural Networks (2017)</a>
 */
public final class Calibration {

  private final List<Bin> bins;

  /**
   * The answers with a probability above {@code low} and up to {@code high}; the first bin also has
   * those with 0.
   *
   * @param low where the bin begins
   * @param high where it ends
   * @param confidence the mean probability of the answers in it; NaN if there are none
   * @param accuracy the share of them that is right, with its interval; undefined if there are none
   */
  public record Bin(double low, double high, double confidence, Estimate accuracy) {

    /** How many answers are in the bin. */
    public long count() {
      return accuracy.count();
    }
  }

  private Calibration(List<Bin> bins) {
    this.bins = List.copyOf(bins);
  }

  /**
   * @param confidences the probability that was given to each answer
   * @param right whether it was right
   * @param bins how many bins there are from 0 to 1
   * @throws IllegalArgumentException if there is not at least one bin and one answer, the lengths
   *     differ, or a probability is not in [0, 1]
   */
  public static Calibration of(double[] confidences, boolean[] right, int bins) {
    if (confidences.length != right.length || right.length == 0 || bins < 1) {
      throw new IllegalArgumentException(
          "expected as many probabilities as answers, and at least one answer and one bin, but there are %d, %d and %d"
              .formatted(confidences.length, right.length, bins));
    }
    long[] counts = new long[bins];
    long[] correct = new long[bins];
    double[] sums = new double[bins];
    for (int i = 0; i < right.length; i++) {
      int bin = binOf(i, confidences[i], bins);
      counts[bin]++;
      correct[bin] += right[i] ? 1 : 0;
      sums[bin] += confidences[i];
    }
    List<Bin> all = new ArrayList<>();
    for (int b = 0; b < bins; b++) {
      Estimate accuracy = Estimate.proportion(correct[b], counts[b]);
      all.add(new Bin((double) b / bins, (b + 1.0) / bins, sums[b] / counts[b], accuracy));
    }
    return new Calibration(all);
  }

  /** All bins from 0 to 1, the empty ones as well. */
  public List<Bin> bins() {
    return bins;
  }

  /** How many answers there are. */
  public long count() {
    return bins.stream().mapToLong(Bin::count).sum();
  }

  /**
   * How far confidence and accuracy lie apart, averaged over all answers, from 0 to 1. It is never
   * quite 0 on a limited number of answers.
   */
  public double expectedCalibrationError() {
    return bins.stream()
            .filter(bin -> bin.count() > 0)
            .mapToDouble(bin -> bin.count() * Math.abs(bin.confidence() - bin.accuracy().value()))
            .sum()
        / count();
  }

  /**
   * One row for each bin that is not empty: from, to, count, confidence, accuracy, 95 % low, 95 %
   * high.
   */
  public Table table() {
    List<Bin> filled = bins.stream().filter(bin -> bin.count() > 0).toList();
    return Table.create(
        DoubleColumn.create("from", filled.stream().mapToDouble(Bin::low)),
        DoubleColumn.create("to", filled.stream().mapToDouble(Bin::high)),
        LongColumn.create("count", filled.stream().mapToLong(Bin::count)),
        DoubleColumn.create("confidence", filled.stream().mapToDouble(Bin::confidence)),
        DoubleColumn.create("accuracy", filled.stream().mapToDouble(b -> b.accuracy().value())),
        DoubleColumn.create(
            "95 % low", filled.stream().mapToDouble(b -> b.accuracy().interval().low())),
        DoubleColumn.create(
            "95 % high", filled.stream().mapToDouble(b -> b.accuracy().interval().high())));
  }

  private static int binOf(int i, double confidence, int bins) {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException(
          "probability %d is %s; it must be in [0, 1]".formatted(i, confidence));
    }
    return Math.max(0, (int) Math.ceil(confidence * bins) - 1);
  }
}
