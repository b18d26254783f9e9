package journey.metrics;

import java.util.Arrays;

/**
 * Two classes that a classifier confuses, in one direction.
 *
 * @param trueClass what the examples are
 * @param predictedClass what they were taken for
 * @param positions where they stand, those first that the classifier was most certain of
 */
public record ConfusedPair(String trueClass, String predictedClass, int[] positions) {

  /** How many examples there are. */
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
    return "%s taken for %s: %d".formatted(trueClass, predictedClass, count());
  }
}
