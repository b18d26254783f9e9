package journey.data;

import java.util.List;

/** What the preprocessings that keep one figure per channel have in common. */
final class PerChannel {

  private PerChannel() {}

  /**
   * @throws IllegalArgumentException if there is not one figure per channel
   */
  static List<Double> copyOf(String what, List<Double> figures) {
    if (figures.size() != Cifar10.CHANNELS) {
      throw new IllegalArgumentException(
          "%s: one for each of the %d channels is needed, but there are %d"
              .formatted(what, Cifar10.CHANNELS, figures.size()));
    }
    return List.copyOf(figures);
  }

  /** The quotient, or 0 where a channel has only one value and so no spread to divide by. */
  static double quotient(double difference, double spread) {
    return spread == 0 ? 0 : difference / spread;
  }
}
