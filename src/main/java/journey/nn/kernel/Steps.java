package journey.nn.kernel;

import static java.util.Objects.requireNonNull;

import journey.memory.MainMemory;
import journey.memory.RowTransfer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Sequences of vectors, such as the words of a text, in the two orders in which they can lie.
 *
 * <p>A batch holds them example by example, {@code [batch, steps · size]}. What goes through time
 * takes all examples' vectors of one step together; it wants them step by step, {@code [steps ·
 * batch, size]}, so that a step is a matrix without gaps.
 *
 * @param batch how many sequences there are
 * @param steps how long each of them is
 * @param size the length of a vector
 */
public record Steps(int batch, int steps, int size) {

  /**
   * The sequences in a batch.
   *
   * @param x {@code [batch, steps · size]}
   * @throws IllegalArgumentException if its rows are not whole vectors, one or more
   */
  public static Steps of(INDArray x, int size) {
    requireNonNull(x, "the sequences are null: hand over an array [batch, steps · size]");
    MainMemory.requireOpen(x);
    Shapes.requireFractions(x);
    if (x.rank() != 2 || x.isEmpty() || x.columns() % size != 0) {
      throw new IllegalArgumentException(
          "expected rows of one or more vectors of %d numbers, but found %s"
              .formatted(size, Shapes.describe(x)));
    }
    return new Steps(x.rows(), x.columns() / size, size);
  }

  /** {@code byStep} ← the vectors of {@code x}, step by step. */
  public void toSteps(INDArray x, INDArray byStep) {
    int[] order = new int[batch * steps];
    for (int i = 0; i < order.length; i++) {
      order[i] = i % batch * steps + i / batch;
    }
    INDArray vectors = vectors(x);
    RowTransfer.ofBackend()
        .gather(MainMemory.rowsFollow(vectors) ? vectors : vectors.dup('c'), order, 0, byStep);
  }

  /** {@code x} ← the vectors of {@code byStep}, example by example. */
  public void toExamples(INDArray byStep, INDArray x) {
    int[] order = new int[batch * steps];
    for (int i = 0; i < order.length; i++) {
      order[i] = i % steps * batch + i / steps;
    }
    RowTransfer.ofBackend().gather(byStep, order, 0, vectors(x));
  }

  /** The same numbers with a vector in each row. */
  private INDArray vectors(INDArray x) {
    return x.reshape('c', (long) batch * steps, size);
  }

  /** Step {@code t}, counted from 0, of an array that holds {@code batch} rows for each step. */
  public INDArray at(INDArray byStep, int t) {
    return between(byStep, t, t + 1);
  }

  /** The steps from {@code first} to before {@code end}. */
  public INDArray between(INDArray byStep, int first, int end) {
    return byStep.get(
        NDArrayIndex.interval((long) first * batch, (long) end * batch), NDArrayIndex.all());
  }

  /**
   * 1 for each vector, 0 for each that is nothing but zeros: that is padding.
   *
   * @param vectors {@code [n, size]}
   * @return a new array {@code [n, 1]}
   */
  public static INDArray present(INDArray vectors) {
    return vectors.norm1(true, 1).neq(0).castTo(vectors.dataType()); // NaN is no padding
  }
}
