package journey.data;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Min-max scaling per channel: {@code (x - min) / (max - min)}, where x is a colour value divided
 * by 255. The pictures it was fitted on get values in [0, 1]; others may go beyond. A channel with
 * a single value becomes 0.
 *
 * @param minima the least value of each channel, in [0, 1]: red, green, blue; or grey
 * @param maxima the greatest value of each channel, in [0, 1]
 */
public record MinMaxScaler(List<Double> minima, List<Double> maxima) implements Preprocessing {

  /**
   * @throws IllegalArgumentException if there is not one of each per channel
   */
  public MinMaxScaler {
    minima = List.copyOf(minima);
    maxima = List.copyOf(maxima);
    PerChannel.require("minima", minima, "maxima", maxima);
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
    List<Double> spreads =
        IntStream.range(0, minima.size()).mapToObj(c -> maxima.get(c) - minima.get(c)).toList();
    return PerChannel.scaled(images, minima, spreads);
  }
}
