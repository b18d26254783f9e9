package journey.nn;

import java.util.List;
import journey.nn.kernel.BatchBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.BernoulliDistribution;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Inverted dropout: in training each value is dropped with a probability, and the others grow to
 * make up for it, so that nothing needs to change when the network is used.
 *
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al., 2014</a>
 */
public final class Dropout implements Layer {

  private final double keep;
  private final Random random;
  private final BatchBuffer outputs;
  private final BatchBuffer masks;
  private INDArray mask;
  private INDArray gradient;

  /**
   * @param features how many values each example has here
   * @param probability the share of values to drop, from 0 to below 1
   * @throws IllegalArgumentException if the probability is not in that range
   */
  public Dropout(int features, double probability, Random random) {
    this(features, probability, DataType.FLOAT, random);
  }

  /** The same for inputs of this type. */
  public Dropout(int features, double probability, DataType type, Random random) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "the share to drop must be in [0, 1), but it is " + probability);
    }
    this.keep = 1 - probability;
    this.random = random;
    this.outputs = new BatchBuffer(type, features);
    this.masks = new BatchBuffer(type, features);
  }

  /** In training x ⊙ mask / keep, else x as it is. */
  @Override
  public INDArray forward(INDArray x, boolean training) {
    mask = null;
    if (!training) {
      return x;
    }
    mask = masks.rows(x.rows());
    Nd4j.getExecutioner().exec(new BernoulliDistribution(mask, keep), random);
    return x.muli(mask.divi(keep), outputs.rows(x.rows()));
  }

  @Override
  public void backward(INDArray outputGradient) {
    gradient = mask == null ? outputGradient : outputGradient.muli(mask);
  }

  @Override
  public INDArray inputGradient() {
    return gradient;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of();
  }
}
