package journey.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;

/**
 * Normally distributed weights around zero, whose scale does not depend on the layer's width.
 *
 * @param standardDeviation of the weights
 */
public record SmallNormal(double standardDeviation) implements Initializer {

  /** The usual 0.01. */
  public SmallNormal() {
    this(0.01);
  }

  @Override
  public INDArray weights(int inputs, int outputs, Random random) {
    return random
        .nextGaussian(new int[] {inputs, outputs})
        .castTo(DataType.FLOAT)
        .muli(standardDeviation);
  }
}
