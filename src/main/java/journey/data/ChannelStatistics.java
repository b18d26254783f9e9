package journey.data;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Statistics of each channel's colour values, divided by 255. They come from counts of the 256
 * values, so rounding errors do not add up, however many pictures there are.
 */
final class ChannelStatistics {

  private static final double MAX = LabeledImages.LEVELS - 1;

  private final long[][] histogram;

  /**
   * @throws IllegalArgumentException if there are no pictures
   */
  ChannelStatistics(LabeledImages images) {
    if (images.size() == 0) {
      throw new IllegalArgumentException("statistics need at least one picture, but there is none");
    }
    histogram = images.histogram();
  }

  List<Double> means() {
    return perChannel(ChannelStatistics::mean);
  }

  /** Population standard deviations (divided by n, not by n - 1). */
  List<Double> standardDeviations() {
    return perChannel(ChannelStatistics::standardDeviation);
  }

  List<Double> minima() {
    return perChannel(counts -> occurring(counts).min().orElseThrow() / MAX);
  }

  List<Double> maxima() {
    return perChannel(counts -> occurring(counts).max().orElseThrow() / MAX);
  }

  private List<Double> perChannel(ToDoubleFunction<long[]> statistic) {
    return Stream.of(histogram).map(statistic::applyAsDouble).toList();
  }

  private static IntStream occurring(long[] counts) {
    return IntStream.range(0, counts.length).filter(value -> counts[value] > 0);
  }

  private static double mean(long[] counts) {
    long count = 0;
    long sum = 0;
    for (int value = 0; value < counts.length; value++) {
      count += counts[value];
      sum += value * counts[value];
    }
    return sum / (count * MAX);
  }

  private static double standardDeviation(long[] counts) {
    double mean = mean(counts);
    long count = 0;
    double squares = 0;
    for (int value = 0; value < counts.length; value++) {
      double deviation = value / MAX - mean;
      count += counts[value];
      squares += counts[value] * deviation * deviation;
    }
    return Math.sqrt(squares / count);
  }
}
