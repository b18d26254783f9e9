package journey.metrics;

import java.util.Arrays;

/**
 * Two classes that a classifier confuses, in one direction.
 *
 * @param trueClass the class of the examples
 * @param predictedClass the class they were taken for
 * @param positions their positions, starting with the example the classifier was most certain of
 */
public record ConfusedPair(String trueClass, String predictedClass, int[] positions) {

  /** The number of examples. */
  public int count() {
    return positions.length;
  }

  /** The positions of the first {@code n}, or of all if there are fewer. */
  public int[] first(int n) {
    return Arrays.copyOf(positions, Math.min(n, positions.length));
  }

  /** Such as {@code cat taken for dog: 123}. */
  @Override
  public String toString() {
    return "%s taken for %s: %s".formatted(trueClass, predictedClass, count());
  }
}
