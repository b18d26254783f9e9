package journey.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * f(z) = z where z &gt; 0 and α·z elsewhere, so that no neuron dies for good.
 *
 * @param alpha the slope α for negative z, from 0 to below 1
 */
public record LeakyReLU(double alpha) implements Activation {

  /** The usual α = 0.01. */
  public LeakyReLU() {
    this(0.01);
  }

  public LeakyReLU {
    if (!(alpha >= 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be in [0, 1), but it is " + alpha);
    }
  }

  @Override
  public void apply(INDArray z) {
    Transforms.leakyRelu(z, alpha, false);
  }

  @Override
  public void backward(INDArray a, INDArray gradient) {
    gradient.muli(Transforms.step(a, false).muli(1 - alpha).addi(alpha));
  }
}
