package journey.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import journey.memory.RowTransfer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Examples handed out in batches, in a new random order each epoch. Every example comes once per
 * epoch; the last batch may be short.
 *
 * <p>All batches share their arrays: <em>a batch is valid until the next one is asked for</em>, and
 * one pass must end before the next begins. So an epoch allocates next to nothing. Not for use by
 * several threads at once.
 */
public final class MiniBatches implements Batches {

  private final RowTransfer transfer = RowTransfer.ofBackend();
  private final INDArray inputs;
  private final INDArray targets;
  private final int size;
  private final int batchSize;
  private final long seed;
  private final DataSet whole;
  private final DataSet last;

  /**
   * Takes the arrays as they are if their rows lie one after another in 'c' order, and copies them
   * otherwise.
   *
   * @param inputs {@code [n, features]}, float32 or double
   * @param targets {@code [n, outputs]}
   * @param batchSize examples per batch, at least 1
   * @param seed what the order of the examples follows from, together with the epoch
   * @throws IllegalArgumentException if the arrays are not matrices with the same number of rows,
   *     or there are none, or the batch size is less than 1
   */
  public MiniBatches(INDArray inputs, INDArray targets, int batchSize, long seed) {
    if (inputs.rank() != 2
        || targets.rank() != 2
        || inputs.size(0) != targets.size(0)
        || inputs.isEmpty()
        || targets.isEmpty()) {
      throw new IllegalArgumentException(
          "inputs and targets must be matrices with a row for each of at least one example, "
              + "but inputs have shape %s and targets %s"
                  .formatted(Arrays.toString(inputs.shape()), Arrays.toString(targets.shape())));
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "the batch size must be at least 1, but it is %d".formatted(batchSize));
    }
    this.inputs = RowTransfer.contiguous(inputs);
    this.targets = RowTransfer.contiguous(targets);
    this.size = inputs.rows();
    this.batchSize = batchSize;
    this.seed = seed;
    whole = emptyBatch(Math.min(batchSize, size));
    int rest = size % batchSize;
    last = rest == 0 || rest == whole.numExamples() ? whole : emptyBatch(rest);
  }

  /** Batches per epoch, with the short one. */
  @Override
  public int count() {
    return (size - 1) / batchSize + 1;
  }

  /** Examples per epoch. */
  public int size() {
    return size;
  }

  /** All examples in this epoch's order, which depends on the seed and the epoch alone. */
  @Override
  public Iterable<DataSet> epoch(int epoch) {
    return () -> new Pass(SeededRandom.permutation(size, seed, epoch));
  }

  /** All examples in the order of the arrays, as an evaluation in pieces wants them. */
  public Iterable<DataSet> inOrder() {
    return () -> new Pass(SeededRandom.inOrder(size));
  }

  private DataSet emptyBatch(int rows) {
    return new DataSet(
        Nd4j.createUninitialized(inputs.dataType(), rows, inputs.columns()),
        Nd4j.createUninitialized(targets.dataType(), rows, targets.columns()));
  }

  private final class Pass implements Iterator<DataSet> {
    private final int[] order;
    private int from;

    Pass(int[] order) {
      this.order = order;
    }

    @Override
    public boolean hasNext() {
      return from < size;
    }

    @Override
    public DataSet next() {
      if (!hasNext()) {
        throw new NoSuchElementException(
            "all %d examples of this pass were handed out".formatted(size));
      }
      DataSet batch = size - from < batchSize ? last : whole;
      transfer.gather(inputs, order, from, batch.getFeatures());
      transfer.gather(targets, order, from, batch.getLabels());
      from += batch.numExamples();
      return batch;
    }
  }
}
