package journey.memory;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Moves whole rows into and out of arrays. All arrays are matrices whose rows follow each other in
 * memory, without gaps. Nothing outside of an array is read or written: each call checks its bounds
 * before it touches memory.
 */
public enum RowTransfer {
  /**
   * Copies memory, row by row: an epoch of shuffled batches in a third of the time of ND4J's own
   * operations, and values from the heap ten times as fast. Only where arrays live in main memory.
   */
  MAIN_MEMORY {
    @Override
    void write(float[] values, INDArray target, int firstRow) {
      long first = (long) firstRow * target.columns();
      MainMemory.floats(target).position(first).put(values, 0, values.length);
      MainMemory.keep(target);
    }

    @Override
    void copy(INDArray source, int[] rows, int from, float[] values) {
      int columns = source.columns();
      var in = MainMemory.floats(source);
      for (int i = 0; i < values.length / columns; i++) {
        in.position((long) rows[from + i] * columns).get(values, i * columns, columns);
      }
      MainMemory.keep(source);
    }

    @Override
    void copy(INDArray source, int[] rows, int from, INDArray target) {
      long rowBytes = (long) source.columns() * source.dataType().width();
      int count = target.rows();
      int parts = (int) Math.min(count, count * rowBytes / PART);
      if (parts <= 2) {
        copy(source, rows, from, target, 0, count);
      } else {
        IntStream.range(0, parts)
            .parallel()
            .forEach(
                part ->
                    copy(
                        source,
                        rows,
                        from,
                        target,
                        (int) ((long) part * count / parts),
                        (int) ((part + 1L) * count / parts)));
      }
      MainMemory.keep(source, target);
    }

    /** Fills the target's rows from {@code first} to before {@code end}. */
    private static void copy(
        INDArray source, int[] rows, int from, INDArray target, int first, int end) {
      long rowBytes = (long) source.columns() * source.dataType().width();
      var in = MainMemory.bytes(source);
      var out = MainMemory.bytes(target);
      for (int i = first; i < end; i++) {
        Pointer.memcpy(
            out.position(i * rowBytes), in.position(rows[from + i] * rowBytes), rowBytes);
      }
    }
  },

  /** Leaves the work to ND4J's operations, which any backend has. */
  ANY_BACKEND {
    @Override
    void write(float[] values, INDArray target, int firstRow) {
      int rows = values.length / target.columns();
      target
          .get(NDArrayIndex.interval(firstRow, firstRow + rows), NDArrayIndex.all())
          .assign(Nd4j.create(values, new long[] {rows, target.columns()}, 'c'));
    }

    @Override
    void copy(INDArray source, int[] rows, int from, float[] values) {
      int count = values.length / source.columns();
      INDArray found = Nd4j.pullRows(source, 1, Arrays.copyOfRange(rows, from, from + count));
      System.arraycopy(found.ravel().toFloatVector(), 0, values, 0, values.length);
    }

    @Override
    void copy(INDArray source, int[] rows, int from, INDArray target) {
      Nd4j.pullRows(source, target, 1, Arrays.copyOfRange(rows, from, from + target.rows()));
    }
  };

  /** So many bytes a thread copies at a time, some ten microseconds of work. */
  private static final long PART = 98_304;

  /** The fastest that is right on the backend in use. */
  public static RowTransfer ofBackend() {
    return MainMemory.onCpu() ? MAIN_MEMORY : ANY_BACKEND;
  }

  /** The array itself if its rows lie as this class needs them, else a copy in which they do. */
  public static INDArray contiguous(INDArray matrix) {
    return MainMemory.rowsFollow(matrix) ? matrix : matrix.dup('c');
  }

  /**
   * Writes values into a float32 target from this row on.
   *
   * @param values whole rows, one after another
   * @param target {@code [rows, columns]}
   * @throws IllegalArgumentException if the values fill no whole rows, or the target is of another
   *     type or layout
   * @throws IndexOutOfBoundsException if the target has fewer rows
   */
  public final void put(float[] values, INDArray target, int firstRow) {
    require(target, DataType.FLOAT);
    Objects.checkFromIndexSize(firstRow, wholeRows(values, target), target.rows());
    write(values, target, firstRow);
  }

  /**
   * Reads a row of a float32 source.
   *
   * @param source {@code [rows, columns]}
   * @param values gets the row's values, one for each column
   * @throws IllegalArgumentException if the number of values is another, or the source is of
   *     another type or layout
   * @throws IndexOutOfBoundsException if the source has no such row
   */
  public final void get(INDArray source, int row, float[] values) {
    require(source, DataType.FLOAT);
    requireColumns(source, values.length);
    gather(source, new int[] {row}, 0, values);
  }

  /**
   * Fills the target with rows of the source: target row {@code i} becomes source row {@code
   * rows[from + i]}.
   *
   * @param source {@code [n, columns]}
   * @param target {@code [count, columns]}, of the source's type
   * @throws IllegalArgumentException if the target has other columns, if one of the arrays has
   *     another type or layout, or if they share memory
   * @throws IndexOutOfBoundsException if there are fewer row numbers than the target has rows, or
   *     the source has no such row
   */
  public final void gather(INDArray source, int[] rows, int from, INDArray target) {
    require(source, source.dataType());
    require(target, source.dataType());
    requireColumns(target, source.columns());
    requireRows(source, rows, from, target.rows());
    MainMemory.requireApart(target, source);
    copy(source, rows, from, target);
  }

  /**
   * Reads rows of a float32 source: the values' row {@code i} becomes source row {@code rows[from +
   * i]}.
   *
   * @param source {@code [n, columns]}
   * @param values gets whole rows, one after another
   * @throws IllegalArgumentException if the values are no whole rows, or the source is of another
   *     type or layout
   * @throws IndexOutOfBoundsException if there are too few row numbers, or the source has no such
   *     row
   */
  public final void gather(INDArray source, int[] rows, int from, float[] values) {
    require(source, DataType.FLOAT);
    requireRows(source, rows, from, wholeRows(values, source));
    copy(source, rows, from, values);
  }

  private static void require(INDArray matrix, DataType type) {
    if (matrix.dataType() != type || matrix.isEmpty() || !MainMemory.rowsFollow(matrix)) {
      throw new IllegalArgumentException(
          "expected a matrix of type %s whose rows follow each other, but found type %s, shape %s and strides %s"
              .formatted(
                  type,
                  matrix.dataType(),
                  Arrays.toString(matrix.shape()),
                  Arrays.toString(matrix.stride())));
    }
  }

  private static void requireColumns(INDArray matrix, int columns) {
    if (matrix.columns() != columns) {
      throw new IllegalArgumentException(
          "expected rows of %d values, but found %d".formatted(columns, matrix.columns()));
    }
  }

  private static int wholeRows(float[] values, INDArray matrix) {
    if (values.length % matrix.columns() != 0) {
      throw new IllegalArgumentException(
          "%d values are no whole rows of %d".formatted(values.length, matrix.columns()));
    }
    return values.length / matrix.columns();
  }

  private static void requireRows(INDArray source, int[] rows, int from, int count) {
    Objects.checkFromIndexSize(from, count, rows.length);
    for (int i = from; i < from + count; i++) {
      Objects.checkIndex(rows[i], source.rows());
    }
  }

  abstract void write(float[] values, INDArray target, int firstRow);

  abstract void copy(INDArray source, int[] rows, int from, float[] values);

  abstract void copy(INDArray source, int[] rows, int from, INDArray target);
}
