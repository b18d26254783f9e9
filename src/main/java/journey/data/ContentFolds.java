package journey.data;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Folds by what the pictures show: the SHA-256 of its colour values decides into which fold a
 * picture falls. So copies of one picture are always together, no seed or order is needed, and a
 * picture stays in its fold when others are added. The folds' sizes are about equal, no more.
 */
public final class ContentFolds extends Folds {

  private ContentFolds(LabeledImages images, int count, int[] folds) {
    super(images, count, folds);
  }

  /**
   * Divides the pictures.
   *
   * @param count the number of folds, k
   * @throws IllegalArgumentException if there are fewer than two folds, or fewer pictures than
   *     folds
   */
  public static ContentFolds of(LabeledImages images, int count) {
    return of(images, count, i -> i);
  }

  /**
   * The same, with pictures that nearly agree together as well: the first of each group decides.
   *
   * @param duplicates of these pictures
   */
  public static ContentFolds of(LabeledImages images, int count, NearDuplicates duplicates) {
    return of(images, count, duplicates::first);
  }

  private static ContentFolds of(LabeledImages images, int count, IntUnaryOperator first) {
    require(count, images.size());
    int[] folds = new int[images.size()];
    Arrays.setAll(folds, i -> fold(images, first.applyAsInt(i), count));
    return new ContentFolds(images, count, folds);
  }

  private static int fold(LabeledImages images, int i, int count) {
    // 60 of the 256 bits: enough that all folds are equally probable.
    return (int) (Long.parseLong(images.contentHash(i).substring(0, 15), 16) % count);
  }
}
