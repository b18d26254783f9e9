package journey.data;

import java.util.Iterator;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Mini-batches of pictures in which every other one, on average, is seen in a mirror: left and
 * right change places. What a picture shows stays the same, so a network gets twice as much to
 * learn from.
 *
 * <p>Which pictures are mirrored follows from the seed and the epoch alone. The batches are
 * mirrored in place and are valid as long as those of {@link MiniBatches}; an epoch allocates next
 * to nothing.
 */
public final class MirroredBatches {

  private static final int SIDE = LabeledImages.SIDE;

  private final RowTransfer transfer = RowTransfer.ofBackend();
  private final MiniBatches batches;
  private final long seed;
  private final float[] picture = new float[LabeledImages.FEATURES];

  /**
   * @param batches pictures as rows of 3,072 float32 values, channel by channel
   * @param seed what the choice of the pictures follows from, together with the epoch
   */
  public MirroredBatches(MiniBatches batches, long seed) {
    this.batches = batches;
    this.seed = seed;
  }

  /** Batches per epoch, with the short one. */
  public int count() {
    return batches.count();
  }

  /**
   * The batches of {@link MiniBatches#epoch}, each picture mirrored with a probability of 1/2.
   *
   * @throws IllegalArgumentException when the first batch is asked for, if its rows are not
   *     pictures
   */
  public Iterable<DataSet> epoch(int epoch) {
    return () -> new Pass(batches.epoch(epoch).iterator(), SeededRandom.of(seed, epoch));
  }

  private void mirror(INDArray pictures, int row) {
    transfer.get(pictures, row, picture);
    for (int line = 0; line < picture.length; line += SIDE) {
      for (int left = line, right = line + SIDE - 1; left < right; left++, right--) {
        float swap = picture[left];
        picture[left] = picture[right];
        picture[right] = swap;
      }
    }
    transfer.put(picture, pictures, row);
  }

  private static void requirePictures(INDArray inputs) {
    if (inputs.dataType() != DataType.FLOAT || inputs.columns() != LabeledImages.FEATURES) {
      throw new IllegalArgumentException(
          "only pictures can be mirrored, rows of %d FLOAT values, but a row has %d of type %s"
              .formatted(LabeledImages.FEATURES, inputs.columns(), inputs.dataType()));
    }
  }

  private final class Pass implements Iterator<DataSet> {
    private final Iterator<DataSet> pass;
    private final SplittableRandom coin;

    Pass(Iterator<DataSet> pass, SplittableRandom coin) {
      this.pass = pass;
      this.coin = coin;
    }

    @Override
    public boolean hasNext() {
      return pass.hasNext();
    }

    @Override
    public DataSet next() {
      DataSet batch = pass.next();
      INDArray pictures = batch.getFeatures();
      requirePictures(pictures);
      for (int row = 0; row < pictures.rows(); row++) {
        if (coin.nextBoolean()) {
          mirror(pictures, row);
        }
      }
      return batch;
    }
  }
}
