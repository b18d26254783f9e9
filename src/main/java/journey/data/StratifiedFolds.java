package journey.data;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Folds drawn at random: their sizes differ by at most one picture, and so do their numbers of
 * pictures of each class.
 */
public final class StratifiedFolds extends Folds {

  private StratifiedFolds(LabeledImages images, int count, int[] folds) {
    super(images, count, folds);
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
    require(count, labels.length);
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
}
