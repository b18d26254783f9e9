package journey.nn.kernel;

import java.util.Objects;
import journey.memory.MainMemory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Adds up rows that belong together, such as the gradients of all places where a word stands. */
public final class RowGroups {

  private RowGroups() {}

  /**
   * Row g of {@code sums} becomes the sum of those rows of {@code x} whose group is g; zero if there
   * are none.
   *
   * <p>This is Gᵀ·x for the one-hot matrix G of the groups, which would be mostly zeros.
   *
   * @param x {@code [rows, columns]}
   * @param groups the group of each row of {@code x}
   * @param sums {@code [groups, columns]}, of the same type
   * @throws IllegalArgumentException if shapes or types do not fit
   * @throws IndexOutOfBoundsException if there is no such group
   */
  public static void sum(INDArray x, int[] groups, INDArray sums) {
    Shapes.requireFractions(x, sums);
    if (x.rank() != 2 || sums.rank() != 2 || x.columns() != sums.columns() || x.rows() != groups.length) {
      throw new IllegalArgumentException(
          "%s with a group for each of %d rows does not give %s"
              .formatted(Shapes.describe(x), groups.length, Shapes.describe(sums)));
    }
    for (int group : groups) {
      Objects.checkIndex(group, sums.rows());
    }
    MainMemory.requireApart(sums, x);
    if (Chunks.fit(x) && Chunks.fit(sums)) {
      sumFloats(x, groups, sums);
    } else {
      sums.assign(0);
      for (int row = 0; row < groups.length; row++) {
        row(sums, groups[row]).addi(row(x, row));
      }
    }
  }

  private static void sumFloats(INDArray x, int[] groups, INDArray sums) {
    int columns = x.columns();
    float[] from = new float[Math.toIntExact(x.length())];
    float[] to = new float[Math.toIntExact(sums.length())];
    MainMemory.buffer(x).get(from);
    for (int row = 0; row < groups.length; row++) {
      for (int i = 0; i < columns; i++) {
        to[groups[row] * columns + i] += from[row * columns + i];
      }
    }
    MainMemory.buffer(sums).put(to);
    MainMemory.keep(x, sums);
  }

  private static INDArray row(INDArray matrix, int i) {
    return matrix.get(NDArrayIndex.interval(i, i + 1), NDArrayIndex.all());
  }
}
