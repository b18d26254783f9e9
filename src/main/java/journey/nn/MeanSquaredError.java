package journey.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** L = mean((z − y)²) over batch and outputs, for targets that are numbers; a = z. */
public record MeanSquaredError() implements Loss {

  @Override
  public INDArray activate(INDArray z) {
    return z;
  }

  @Override
  public double value(INDArray z, INDArray y) {
    INDArray error = z.sub(y);
    return error.muli(error).meanNumber().doubleValue();
  }

  /** ∂L/∂z = 2·(z − y) / (batch · outputs) */
  @Override
  public INDArray gradient(INDArray z, INDArray y) {
    double share = 2.0 / z.length();
    Blas.blend(-share, y, share, z);
    return z;
  }

  /**
   * Numbers are never exactly right.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public double accuracy(INDArray a, INDArray y) {
    throw new UnsupportedOperationException("there is no accuracy for targets that are numbers");
  }
}
