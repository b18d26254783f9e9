package journey.data;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Min-max scaling per channel: {@code (x - min) / (max - min)}, where x is a colour value divided
 * by 255. The pictures it was fitted on come to lie in [0, 1]; others may go beyond. A channel of
 * one single value becomes 0.
 *
 * @param minima the least value of each channel, in [0, 1]: red, green, blue
 * @param maxima the greatest value of each channel, in [0, 1]
 */
public record MinMaxScaler(List<Double> minima, List<Double> maxima) implements Preprocessing {

  /**
   * @throws IllegalArgumentException if there is not one figure per channel
   */
  public MinMaxScaler {
    minima = PerChannel.copyOf("minima", minima);
    maxima = PerChannel.copyOf("maxima", maxima);
  }

  /**
   * Takes the least and the greatest values from the training part.
   *
   * @throws IllegalArgumentException if there are no pictures
   */
  public static MinMaxScaler fit(LabeledImages train) {
    var statistics = new ChannelStatistics(train);
    return new MinMaxScaler(statistics.minima(), statistics.maxima());
  }

  @Override
  public INDArray apply(LabeledImages images) {
    return images.toFloat(
        (channel, unit) -> {
          double min = minima.get(channel);
          return PerChannel.quotient(unit - min, maxima.get(channel) - min);
        });
  }
}
