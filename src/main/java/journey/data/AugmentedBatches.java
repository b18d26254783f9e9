package journey.data;

import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import journey.memory.RowTransfer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Mini-batches whose pictures are changed at random, one after the other and in place. How follows
 * from the seed and the epoch alone; an epoch allocates next to nothing.
 */
final class AugmentedBatches {

  /** What happens to a picture. */
  @FunctionalInterface
  interface Change {

    /**
     * Changes the picture, or leaves it.
     *
     * @param picture 3,072 values, channel by channel
     * @return whether it was changed
     */
    boolean apply(float[] picture, SplittableRandom random);
  }

  private final RowTransfer transfer = RowTransfer.ofBackend();
  private final IntFunction<Iterable<DataSet>> batches;
  private final long seed;
  private final Change change;
  private final float[] picture = new float[Cifar10.FEATURES];

  AugmentedBatches(IntFunction<Iterable<DataSet>> batches, long seed, Change change) {
    this.batches = batches;
    this.seed = seed;
    this.change = change;
  }

  /**
   * The batches of this epoch, with their pictures changed.
   *
   * @throws IllegalArgumentException when the first batch is asked for, if its rows are not
   *     pictures
   */
  Iterable<DataSet> epoch(int epoch) {
    return () -> new Pass(batches.apply(epoch).iterator(), SeededRandom.of(seed, epoch));
  }

  private static void requirePictures(INDArray inputs) {
    if (inputs.dataType() != DataType.FLOAT || inputs.columns() != Cifar10.FEATURES) {
      throw new IllegalArgumentException(
          "only pictures can be changed, rows of %d FLOAT values, but a row has %d of type %s"
              .formatted(Cifar10.FEATURES, inputs.columns(), inputs.dataType()));
    }
  }

  private final class Pass implements Iterator<DataSet> {
    private final Iterator<DataSet> pass;
    private final SplittableRandom random;

    Pass(Iterator<DataSet> pass, SplittableRandom random) {
      this.pass = pass;
      this.random = random;
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
        transfer.get(pictures, row, picture);
        if (change.apply(picture, random)) {
          transfer.put(picture, pictures, row);
        }
      }
      return batch;
    }
  }
}
