package journey.data;

import java.util.SplittableRandom;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Mini-batches of pictures in which every other one, on average, is seen in a mirror: left and
 * right change places. What a picture shows stays the same, so a network gets twice as much to
 * learn from.
 *
 * <p>Which pictures are mirrored follows from the seed and the epoch alone. The batches are
 * mirrored in place and are valid as long as those of {@link MiniBatches}.
 */
public final class MirroredBatches implements Batches {

  private final MiniBatches batches;
  private final AugmentedBatches mirrored;

  /**
   * @param batches pictures as rows of 3,072 float32 values, channel by channel
   * @param seed what the choice of the pictures follows from, together with the epoch
   */
  public MirroredBatches(MiniBatches batches, long seed) {
    this.batches = batches;
    this.mirrored = new AugmentedBatches(batches::epoch, seed, MirroredBatches::mirrorOrNot);
  }

  /** Batches per epoch, with the short one. */
  @Override
  public int count() {
    return batches.count();
  }

  /**
   * The batches of {@link MiniBatches#epoch}, each picture mirrored with a probability of 1/2.
   *
   * @throws IllegalArgumentException when the first batch is asked for, if its rows are not
   *     pictures
   */
  @Override
  public Iterable<DataSet> epoch(int epoch) {
    return mirrored.epoch(epoch);
  }

  private static boolean mirrorOrNot(float[] picture, SplittableRandom coin) {
    if (!coin.nextBoolean()) {
      return false;
    }
    PictureChanges.mirror(picture);
    return true;
  }
}
