package journey.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;

/**
 * Weights of variance {@code 2 / (inputs + outputs)}, a compromise that keeps activations on the
 * way up and gradients on the way down at one size; made for activations whose slope at 0 is 1,
 * such as tanh.
 *
 * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio, 2010, after
 *     equation 12</a>
 */
public record Glorot() implements Initializer {

  @Override
  public INDArray weights(int inputs, int outputs, Random random) {
    return new SmallNormal(Math.sqrt(2.0 / (inputs + outputs))).weights(inputs, outputs, random);
  }
}
