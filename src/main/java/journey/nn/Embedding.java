package journey.nn;

import java.util.List;
import journey.nn.kernel.BatchBuffer;
import journey.nn.kernel.Rows;
import journey.nn.kernel.Steps;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;

/**
 * Gives each word a vector, and learns it: the word of number n has row n of the table {@code E}.
 *
 * <p>Shapes: {@code x [batch, steps]} with the numbers of the words, {@code E [words, size]},
 * {@code a [batch, steps · size]} with one vector after another. Number 0 is padding: its vector is
 * zero and stays so, by which the layers above recognize it.
 */
public final class Embedding implements Layer {

  private final Parameter E;
  private final BatchBuffer vectors;
  private int[] numbers;

  /** Vectors drawn by the initializer from {@code random}; numbers go from 0 to below words. */
  public Embedding(int words, int size, Initializer initializer, Random random) {
    INDArray table = initializer.weights(words, size, random);
    table.getRow(0).assign(0);
    this.E = new Parameter("E", table, table.like(), false);
    this.vectors = new BatchBuffer(table.dataType(), size);
  }

  /**
   * a = the rows of E whose numbers are in x
   *
   * @throws IllegalArgumentException if there is no such row
   */
  @Override
  public INDArray forward(INDArray x, boolean training) {
    Steps s = Steps.of(x, 1);
    numbers = x.dup('c').data().asInt();
    requireWords(E.value().rows());
    INDArray a = vectors.rows(numbers.length);
    Rows.take(E.value(), numbers, a);
    return a.reshape('c', s.batch(), (long) s.steps() * E.value().columns());
  }

  private void requireWords(int words) {
    for (int number : numbers) {
      if (number < 0 || number >= words) {
        throw new IllegalArgumentException(
            "there are vectors for the words 0 to %d, but none for number %d: encode texts by the vocabulary that the embedding was made for"
                .formatted(words - 1, number));
      }
    }
  }

  /** ∂L/∂E, row n: the sum of ∂L/∂a over all places where word n stands */
  @Override
  public void backward(INDArray outputGradient) {
    INDArray places = outputGradient.reshape('c', numbers.length, E.value().columns());
    Rows.addUp(places, numbers, E.gradient());
    E.gradient().getRow(0).assign(0);
  }

  /**
   * Numbers of words have no gradient.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public INDArray inputGradient() {
    throw new UnsupportedOperationException(
        "the numbers of words have no gradient: an embedding must be the first layer");
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(E);
  }
}
