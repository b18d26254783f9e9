package journey.nn;

import java.util.List;
import journey.nn.kernel.Elementwise;
import journey.nn.kernel.Steps;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The mean of a sequence's vectors, in which their order is lost.
 *
 * <p>Shapes: {@code x [batch, steps · size]}, {@code a [batch, size]}. A vector of zeros is
 * padding, which does not count.
 */
public final class MeanPooling implements Layer {

  private final int size;
  private INDArray shares;
  private INDArray a;
  private INDArray inputGradient;

  /**
   * @param size the length of a vector
   */
  public MeanPooling(int size) {
    this.size = size;
  }

  /** a = Σ x_t / n over the n words; 0 if there is none */
  @Override
  public INDArray forward(INDArray x, boolean training) {
    Steps s = Steps.of(x, size);
    INDArray present = Steps.present(x.reshape('c', (long) s.batch() * s.steps(), size));
    shares = present.reshape('c', s.batch(), s.steps());
    shares.diviColumnVector(Transforms.max(shares.sum(true, 1), 1));
    INDArray vectors = x.reshape('c', s.batch(), s.steps(), size);
    a = vectors.mul(shares.reshape('c', s.batch(), s.steps(), 1)).sum(1);
    return a;
  }

  /** ∂L/∂x_t = ∂L/∂a / n for each word */
  @Override
  public void backward(INDArray outputGradient) {
    long batch = shares.size(0);
    long steps = shares.size(1);
    Elementwise.copy(outputGradient, a); // Refuses what is not of the output's shape.
    INDArray toEach = a.reshape('c', batch, 1, size).repeat(1, steps);
    toEach.muli(shares.reshape('c', batch, steps, 1));
    inputGradient = toEach.dup('c').reshape('c', batch, steps * size);
  }

  @Override
  public INDArray inputGradient() {
    return inputGradient;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }
}
