package journey.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;

/**
 * Weights of variance {@code 2 / inputs}: ReLU halves the mean square of what it gets, so the
 * variance is doubled.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al., 2015, equation 10</a>
 */
public record He() implements Initializer {

  @Override
  public INDArray weights(int inputs, int outputs, Random random) {
    return new SmallNormal(Math.sqrt(2.0 / inputs)).weights(inputs, outputs, random);
  }
}
