package journey.data;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the preprocessings that keep two numbers per channel have in common. */
final class PerChannel {

  private PerChannel() {}

  /**
   * @throws IllegalArgumentException if the two lists do not have one number for each channel
   */
  static void require(String name, List<Double> numbers, String others, List<Double> otherNumbers) {
    int channels = numbers.size();
    if (channels != 1 && channels != 3 || otherNumbers.size() != channels) {
      throw new IllegalArgumentException(
          "%s and %s: one of each is needed for each of 1 or 3 channels, but there are %d and %d"
              .formatted(name, others, channels, otherNumbers.size()));
    }
  }

  /**
   * All pictures as {@code (x - offset) / spread}, or 0 where a channel has no spread.
   *
   * @throws IllegalArgumentException if the pictures have another number of channels
   */
  static INDArray scaled(LabeledImages images, List<Double> offsets, List<Double> spreads) {
    if (images.shape().channels() != offsets.size()) {
      throw new IllegalArgumentException(
          "this preprocessing was fitted to pictures of %d channels, but these are of %s"
              .formatted(offsets.size(), images.shape()));
    }
    return images.toFloat(
        (channel, x) -> {
          double spread = spreads.get(channel);
          return spread == 0 ? 0 : (x - offsets.get(channel)) / spread;
        });
  }
}
