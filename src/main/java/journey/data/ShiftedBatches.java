package journey.data;

import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Mini-batches of pictures, each moved a few pixels up or down and left or right. What a picture
 * shows stays the same, so a network learns not to count on its exact place. What comes in from
 * outside is 0, the mean colour of standardised pictures.
 *
 * <p>By how much follows from the seed and the epoch alone. The batches are changed in place and
 * are valid as long as those they are made from.
 */
public final class ShiftedBatches {

  private static final int SIDE = Cifar10.SIDE;

  private final int furthest;
  private final AugmentedBatches shifted;
  private final float[] before = new float[Cifar10.FEATURES];

  /**
   * @param batches the batches of each epoch: pictures as rows of 3,072 float32 values, channel by
   *     channel
   * @param furthest by how many pixels at most in each direction, from 0 to below 32
   * @param seed what the moves follow from, together with the epoch
   * @throws IllegalArgumentException if {@code furthest} is not in that range
   */
  public ShiftedBatches(IntFunction<Iterable<DataSet>> batches, int furthest, long seed) {
    if (furthest < 0 || furthest >= SIDE) {
      throw new IllegalArgumentException(
          "a picture can be moved by 0 to %d pixels, but %d were asked for"
              .formatted(SIDE - 1, furthest));
    }
    this.furthest = furthest;
    this.shifted = new AugmentedBatches(batches, seed, this::shift);
  }

  /**
   * The batches of this epoch, each picture moved by its own number of pixels in both directions,
   * all equally probable.
   *
   * @throws IllegalArgumentException when the first batch is asked for, if its rows are not
   *     pictures
   */
  public Iterable<DataSet> epoch(int epoch) {
    return shifted.epoch(epoch);
  }

  private boolean shift(float[] picture, SplittableRandom random) {
    int down = move(random);
    int right = move(random);
    System.arraycopy(picture, 0, before, 0, picture.length);
    PictureChanges.shift(before, picture, down, right);
    return true;
  }

  private int move(SplittableRandom random) {
    return random.nextInt(2 * furthest + 1) - furthest;
  }
}
