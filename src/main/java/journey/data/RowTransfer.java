package journey.data;

import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Moves whole rows into an array. All arrays are matrices in 'c' order whose rows follow each other
 * without gaps.
 */
public enum RowTransfer {
  /**
   * Copies memory, row by row: an epoch of shuffled batches in a third of the time of ND4J's own
   * operations, and values from the heap ten times as fast. Only where arrays live in main memory.
   */
  MAIN_MEMORY {
    @Override
    public void put(float[] values, INDArray target, int firstRow) {
      new FloatPointer(target.data().addressPointer())
          .position((long) firstRow * target.columns())
          .put(values, 0, values.length);
    }

    @Override
    public void get(INDArray source, int row, float[] values) {
      new FloatPointer(source.data().addressPointer())
          .position((long) row * source.columns())
          .get(values);
    }

    @Override
    public void gather(INDArray source, int[] rows, int from, INDArray target) {
      long rowBytes = (long) source.columns() * source.dataType().width();
      var in = new BytePointer(source.data().addressPointer());
      var out = new BytePointer(target.data().addressPointer());
      for (int i = 0; i < target.rows(); i++) {
        Pointer.memcpy(
            out.position(i * rowBytes), in.position(rows[from + i] * rowBytes), rowBytes);
      }
    }
  },

  /** Leaves the work to ND4J's operations, which any backend has. */
  ANY_BACKEND {
    @Override
    public void put(float[] values, INDArray target, int firstRow) {
      int rows = values.length / target.columns();
      target
          .get(NDArrayIndex.interval(firstRow, firstRow + rows), NDArrayIndex.all())
          .assign(Nd4j.create(values, new long[] {rows, target.columns()}, 'c'));
    }

    @Override
    public void get(INDArray source, int row, float[] values) {
      float[] found = source.getRow(row).toFloatVector();
      System.arraycopy(found, 0, values, 0, values.length);
    }

    @Override
    public void gather(INDArray source, int[] rows, int from, INDArray target) {
      Nd4j.pullRows(source, target, 1, Arrays.copyOfRange(rows, from, from + target.rows()));
    }
  };

  /** The fastest that is right on the backend in use. */
  public static RowTransfer ofBackend() {
    return Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU ? MAIN_MEMORY : ANY_BACKEND;
  }

  /**
   * Writes {@code values}, which must fill whole rows, into a float32 target from this row on.
   *
   * @param target {@code [rows, columns]}
   */
  public abstract void put(float[] values, INDArray target, int firstRow);

  /**
   * Reads a row of a float32 source.
   *
   * @param source {@code [rows, columns]}
   * @param values gets the row's values
   */
  public abstract void get(INDArray source, int row, float[] values);

  /**
   * Fills the target with rows of the source: target row {@code i} becomes source row {@code
   * rows[from + i]}.
   *
   * @param source {@code [n, columns]}
   * @param target {@code [count, columns]}, of the source's type
   */
  public abstract void gather(INDArray source, int[] rows, int from, INDArray target);

  /** The array itself if its rows lie as this class needs them, else a copy in which they do. */
  public static INDArray contiguous(INDArray matrix) {
    boolean rowsFollow = matrix.rows() == 1 || matrix.stride(0) == matrix.columns();
    boolean valuesFollow = matrix.columns() == 1 || matrix.stride(1) == 1;
    return matrix.ordering() == 'c' && rowsFollow && valuesFollow ? matrix : matrix.dup('c');
  }
}
