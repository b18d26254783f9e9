package journey.nn.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * An array {@code [batch, columns]} that is kept from batch to batch, since allocating one costs as
 * much as computing with it. A shorter batch uses the first rows.
 */
public final class BatchBuffer {

  private final DataType type;
  private final int columns;
  private final double fill;
  private INDArray all;
  private INDArray current;

  public BatchBuffer(DataType type, int columns) {
    this(type, columns, 0);
  }

  public BatchBuffer(DataType type, int columns, double fill) {
    this.type = type;
    this.columns = columns;
    this.fill = fill;
  }

  /**
   * As many rows, with whatever was left in them; at first all elements are {@code fill}.
   *
   * @throws IllegalArgumentException if there are no rows or no columns, or no room for them
   */
  public INDArray rows(long batch) {
    if (batch < 1 || all == null || all.rows() < batch) {
      Sizes.require("a batch", 1, type, batch, columns);
      all = Nd4j.valueArrayOf(new long[] {batch, columns}, fill, type);
      current = all;
    } else if (current.rows() != batch) {
      current =
          batch == all.rows() ? all : all.get(NDArrayIndex.interval(0, batch), NDArrayIndex.all());
    }
    return current;
  }
}
