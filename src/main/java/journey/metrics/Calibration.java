package journey.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a classifier is right as often as it says: of its answers with a probability of about
 * 0.8, about 80 % should be right. The answers are put into bins of equal width by that
 * probability.
 *
 * @see <a href="https://arxiv.org/abs/1706.04599">C. Guo and others, On Calibration of Modern
 *     Neural Networks (2017)</a>
 */
public final class Calibration {

  private final List<Bin> bins;

  /**
   * The answers with a probability above {@code low} and up to {@code high}; the first bin also
   * holds those of 0.
   *
   * @param low where the bin begins
   * @param high where it ends
   * @param confidence the mean probability of the answers in it; NaN if there are none
   * @param accuracy the share of them that is right, with its interval; undefined if there are none
   */
  public record Bin(double low, double high, double confidence, Estimate accuracy) {

    /** The number of answers in the bin. */
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
   * @param bins the number of bins from 0 to 1
   * @throws IllegalArgumentException if there is not at least one bin and one answer, the lengths
   *     differ, or a probability is not in [0, 1]
   */
  public static Calibration of(double[] confidences, boolean[] right, int bins) {
    if (confidences.length != right.length || right.length == 0 || bins < 1) {
      throw new IllegalArgumentException(
          "expected as many probabilities as answers, and at least one answer and one bin, but there are %d probabilities, %d answers and %d bins"
              .formatted(confidences.length, right.length, bins));
    }
    int[] counts = new int[bins];
    int[] correct = new int[bins];
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

  /** All bins from 0 to 1, the empty ones included. */
  public List<Bin> bins() {
    return bins;
  }

  /** The number of answers. */
  public long count() {
    return bins.stream().mapToLong(Bin::count).sum();
  }

  /**
   * The distance between confidence and accuracy, averaged over all answers, from 0 to 1. On a
   * limited number of answers it is never quite 0.
   */
  public double expectedCalibrationError() {
    return bins.stream()
            .filter(bin -> bin.count() > 0)
            .mapToDouble(bin -> bin.count() * Math.abs(bin.confidence() - bin.accuracy().value()))
            .sum()
        / count();
  }

  private static int binOf(int i, double confidence, int bins) {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException(
          "probability %d is %s; it must be in [0, 1]".formatted(i, confidence));
    }
    return Math.max(0, (int) Math.ceil(confidence * bins) - 1);
  }
}
