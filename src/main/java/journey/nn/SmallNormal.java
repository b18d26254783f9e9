package journey.nn;

import journey.nn.kernel.Amounts;
import journey.nn.kernel.Sizes;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;

/**
 * Normally distributed weights around zero, whose scale does not depend on the layer's width.
 *
 * @param standardDeviation of the weights, finite and at least 0
 */
public record SmallNormal(double standardDeviation) implements Initializer {

  /** The usual 0.01. */
  public SmallNormal() {
    this(0.01);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if there is no room for them and their gradients, if one of
   *     the sizes is below 1, or if there is no such standard deviation
   */
  @Override
  public INDArray weights(int inputs, int outputs, Random random) {
    Sizes.require("a layer with weights and gradients", 2, DataType.FLOAT, inputs, outputs);
    Amounts.require("a standard deviation", standardDeviation);
    return random
        .nextGaussian(new int[] {inputs, outputs})
        .castTo(DataType.FLOAT)
        .muli(standardDeviation);
  }
}
