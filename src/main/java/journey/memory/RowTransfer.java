package journey.memory;

import java.util.Arrays;
import java.util.Objects;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
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
      requireRows(target, firstRow, values.length / target.columns());
      MainMemory.floats(target)
          .position((long) firstRow * target.columns())
          .put(values, 0, values.length);
      MainMemory.keep(target);
    }

    @Override
    public void get(INDArray source, int row, float[] values) {
      requireRows(source, row, 1);
      MainMemory.floats(source)
          .position((long) row * source.columns())
          .get(values, 0, source.columns());
      MainMemory.keep(source);
    }

    @Override
    public void gather(INDArray source, int[] rows, int from, INDArray target) {
      long rowBytes = (long) source.columns() * source.dataType().width();
      var in = MainMemory.bytes(source);
      var out = MainMemory.bytes(target);
      for (int i = 0; i < target.rows(); i++) {
        int row = Objects.checkIndex(rows[from + i], source.rows());
        Pointer.memcpy(out.position(i * rowBytes), in.position(row * rowBytes), rowBytes);
      }
      MainMemory.keep(source, target);
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
    return MainMemory.onCpu() ? MAIN_MEMORY : ANY_BACKEND;
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
    return MainMemory.rowsFollow(matrix) ? matrix : matrix.dup('c');
  }

  private static void requireRows(INDArray matrix, int first, int count) {
    Objects.checkFromIndexSize(first, count, matrix.rows());
  }
}
