package journey.data;

import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Pictures divided at random into k folds for cross-validation: each fold is the validation part
 * once, and the others together are what to learn from. Every picture is in exactly one fold; the
 * folds' sizes differ by at most one picture, and so do their numbers of pictures of each class.
 */
public final class StratifiedFolds {

  private final LabeledImages images;
  private final int count;
  private final int[] folds;

  private StratifiedFolds(LabeledImages images, int count, int[] folds) {
    this.images = images;
    this.count = count;
    this.folds = folds;
  }

  /**
   * Divides the pictures.
   *
   * @param count the number of folds, k
   * @param seed the same seed gives the same folds
   * @throws IllegalArgumentException if there are fewer than two folds, or fewer pictures than
   *     folds
   */
  public static StratifiedFolds of(LabeledImages images, int count, long seed) {
    return new StratifiedFolds(images, count, assign(images.labels(), count, seed));
  }

  /**
   * The same for examples of any kind, of which only the class is known.
   *
   * @param labels the class number of each example
   * @return the fold of each example, from 0 to {@code count - 1}
   * @throws IllegalArgumentException as above
   */
  public static int[] assign(int[] labels, int count, long seed) {
    if (count < 2 || count > labels.length) {
      throw new IllegalArgumentException(
          "%d folds of %d examples were asked for; there must be at least 2, each of at least one"
              .formatted(count, labels.length));
    }
    int[] folds = new int[labels.length];
    int dealt = 0;
    for (int position : shuffledWithinClasses(labels, seed)) {
      folds[position] = dealt++ % count;
    }
    return folds;
  }

  private static int[] shuffledWithinClasses(int[] labels, long seed) {
    return IntStream.of(SeededRandom.permutation(labels.length, seed, 0))
        .boxed()
        .sorted(Comparator.comparingInt(position -> labels[position]))
        .mapToInt(Integer::intValue)
        .toArray();
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
    return part(i, false);
  }

  /**
   * The pictures of fold {@code i}, in order.
   *
   * @throws IndexOutOfBoundsException if there is no such fold
   */
  public LabeledImages validation(int i) {
    return part(i, true);
  }

  private LabeledImages part(int i, boolean inside) {
    Objects.checkIndex(i, count);
    return images.subset(
        IntStream.range(0, folds.length).filter(p -> (folds[p] == i) == inside).toArray());
  }
}
