package journey.nn.kernel;

import java.util.Objects;
import journey.memory.MainMemory;
import journey.memory.RowTransfer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Rows of a table, such as the vectors of words: looked up by their numbers, and added up. */
public final class Rows {

  private Rows() {}

  /**
   * Row i of {@code result} becomes the table's row {@code numbers[i]}.
   *
   * <p>This is X·table for the one-hot matrix X of the numbers, which would be mostly zeros.
   *
   * @param table {@code [numbers, columns]}
   * @param result {@code [rows, columns]}, of the same type
   * @throws IllegalArgumentException if shapes or types do not fit
   * @throws IndexOutOfBoundsException if the table has no such row
   */
  public static void take(INDArray table, int[] numbers, INDArray result) {
    RowTransfer.ofBackend().gather(table, numbers, 0, result);
  }

  /**
   * Row n of {@code sums} becomes the sum of those rows of {@code x} whose number is n; zero if
   * there are none.
   *
   * <p>This is Xᵀ·x for the same matrix X.
   *
   * @param x {@code [rows, columns]}
   * @param numbers the number of each row of {@code x}
   * @param sums {@code [numbers, columns]}, of the same type
   * @throws IllegalArgumentException if shapes or types do not fit
   * @throws IndexOutOfBoundsException if {@code sums} has no such row
   */
  public static void addUp(INDArray x, int[] numbers, INDArray sums) {
    Shapes.requireFractions(x, sums);
    boolean matrices = x.rank() == 2 && sums.rank() == 2;
    if (!matrices || x.columns() != sums.columns() || x.rows() != numbers.length) {
      throw new IllegalArgumentException(
          "%s with a number for each of %d rows does not give %s"
              .formatted(Shapes.describe(x), numbers.length, Shapes.describe(sums)));
    }
    for (int number : numbers) {
      Objects.checkIndex(number, sums.rows());
    }
    MainMemory.requireApart(sums, x);
    if (Chunks.fit(x) && Chunks.fit(sums)) {
      addUpFloats(x, numbers, sums);
    } else {
      sums.assign(0);
      for (int row = 0; row < numbers.length; row++) {
        row(sums, numbers[row]).addi(row(x, row));
      }
    }
  }

  private static void addUpFloats(INDArray x, int[] numbers, INDArray sums) {
    int columns = x.columns();
    float[] from = new float[Math.toIntExact(x.length())];
    float[] to = new float[Math.toIntExact(sums.length())];
    MainMemory.buffer(x).get(from);
    for (int row = 0; row < numbers.length; row++) {
      for (int i = 0; i < columns; i++) {
        to[numbers[row] * columns + i] += from[row * columns + i];
      }
    }
    MainMemory.buffer(sums).put(to);
    MainMemory.keep(x, sums);
  }

  private static INDArray row(INDArray matrix, int i) {
    return matrix.get(NDArrayIndex.interval(i, i + 1), NDArrayIndex.all());
  }
}
