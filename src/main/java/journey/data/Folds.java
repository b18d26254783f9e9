package journey.data;

import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Pictures divided into k folds for cross-validation: each fold is the part to measure on once, and
 * the others together are what to learn from. Every picture is in exactly one fold.
 */
public sealed class Folds permits StratifiedFolds, ContentFolds {

  private final LabeledImages images;
  private final int count;
  private final int[] folds;

  /**
   * @param folds the fold of each picture
   */
  Folds(LabeledImages images, int count, int[] folds) {
    this.images = images;
    this.count = count;
    this.folds = folds;
  }

  static void require(int count, int examples) {
    if (count < 2 || count > examples) {
      throw new IllegalArgumentException(
          "%d folds of %d examples were asked for; there must be at least 2, each of at least one"
              .formatted(count, examples));
    }
  }

  /** The number of folds. */
  public int count() {
    return count;
  }

  /**
   * All pictures but those of fold {@code i}, in order.
   *
   * @throws IndexOutOfBoundsException if there is no such fold
   */
  public LabeledImages train(int i) {
    return images.subset(positions(i, false));
  }

  /**
   * The pictures of fold {@code i}, in order.
   *
   * @throws IndexOutOfBoundsException if there is no such fold
   */
  public LabeledImages validation(int i) {
    return images.subset(positions(i));
  }

  /**
   * The positions of the pictures of fold {@code i}, rising.
   *
   * @throws IndexOutOfBoundsException if there is no such fold
   */
  public int[] positions(int i) {
    return positions(i, true);
  }

  private int[] positions(int i, boolean inside) {
    Objects.checkIndex(i, count);
    return IntStream.range(0, folds.length).filter(p -> (folds[p] == i) == inside).toArray();
  }
}
