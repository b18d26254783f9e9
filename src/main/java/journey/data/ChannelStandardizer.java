package journey.data;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Standardising per channel: {@code (x - mean) / standardDeviation}, where x is a colour value
 * divided by 255. The pictures it was fitted on get mean 0 and standard deviation 1 in each
 * channel. A channel with a single value becomes 0.
 *
 * @param means the mean of each channel, in [0, 1]: red, green, blue; or grey
 * @param standardDeviations the population standard deviation of each channel, in [0, 0.5]
 */
public record ChannelStandardizer(List<Double> means, List<Double> standardDeviations)
    implements Preprocessing, Serializable {

  private static final double MAX = LabeledImages.LEVELS - 1;

  /**
   * @throws IllegalArgumentException if there is not one of each per channel, or one is not finite,
   *     or a standard deviation negative
   */
  public ChannelStandardizer {
    means = List.copyOf(means);
    standardDeviations = List.copyOf(standardDeviations);
    if (means.size() != standardDeviations.size()) {
      throw new IllegalArgumentException(
          "each channel needs a mean and a standard deviation, but there are %d and %d"
              .formatted(means.size(), standardDeviations.size()));
    }
    if (!means.stream().allMatch(Double::isFinite)
        || !standardDeviations.stream().allMatch(each -> each >= 0 && Double.isFinite(each))) {
      throw new IllegalArgumentException(
          "means must be finite and standard deviations at least 0 and finite, but they are %s and %s"
              .formatted(means, standardDeviations));
    }
  }

  /**
   * Takes means and standard deviations from the training part.
   *
   * @throws IllegalArgumentException if there are no pictures
   */
  public static ChannelStandardizer fit(LabeledImages train) {
    if (train.size() == 0) {
      throw new IllegalArgumentException("statistics need at least one picture, but there is none");
    }
    // Counts of the 256 colour values: rounding errors don't add up, however many there are.
    long[][] histogram = train.histogram();
    return new ChannelStandardizer(
        Stream.of(histogram).map(ChannelStandardizer::mean).toList(),
        Stream.of(histogram).map(ChannelStandardizer::standardDeviation).toList());
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

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the pictures have another number of channels
   */
  @Override
  public INDArray apply(LabeledImages images) {
    if (images.shape().channels() != means.size()) {
      throw new IllegalArgumentException(
          "this preprocessing was fitted to pictures of %d channels, but these are of %s"
              .formatted(means.size(), images.shape()));
    }
    return images.toFloat(
        (channel, x) -> {
          double deviation = standardDeviations.get(channel);
          return deviation == 0 ? 0 : (x - means.get(channel)) / deviation;
        });
  }
}
