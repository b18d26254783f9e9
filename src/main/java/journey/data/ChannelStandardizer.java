package journey.data;

import java.util.List;
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
    implements Preprocessing {

  /**
   * @throws IllegalArgumentException if there is not one of each per channel
   */
  public ChannelStandardizer {
    means = List.copyOf(means);
    standardDeviations = List.copyOf(standardDeviations);
    PerChannel.require("means", means, "standard deviations", standardDeviations);
  }

  /**
   * Takes means and standard deviations from the training part.
   *
   * @throws IllegalArgumentException if there are no pictures
   */
  public static ChannelStandardizer fit(LabeledImages train) {
    var statistics = new ChannelStatistics(train);
    return new ChannelStandardizer(statistics.means(), statistics.standardDeviations());
  }

  @Override
  public INDArray apply(LabeledImages images) {
    return PerChannel.scaled(images, means, standardDeviations);
  }
}
