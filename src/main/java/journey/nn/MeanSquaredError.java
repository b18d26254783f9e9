package journey.nn;

import journey.nn.kernel.Blas;
import journey.nn.kernel.Shapes;
import org.nd4j.linalg.api.ndarray.INDArray;

/** L = mean((z − y)²) over batch and outputs, for targets that are numbers; a = z. */
public record MeanSquaredError() implements Loss {

  @Override
  public INDArray activate(INDArray z) {
    return z;
  }

  @Override
  public double value(INDArray z, INDArray y) {
    Shapes.requireSame(z, y);
    INDArray error = z.sub(y);
    return error.muli(error).meanNumber().doubleValue();
  }

  /** ∂L/∂z = 2·(z − y) / (batch · outputs) */
  @Override
  public INDArray gradient(INDArray z, INDArray y) {
    Shapes.requireSame(z, y);
    double share = 2.0 / z.length();
    Blas.blend(-share, y, share, z);
    return z;
  }

  /** NaN, for a predicted number is never exactly right. */
  @Override
  public double accuracy(INDArray a, INDArray y) {
    return Double.NaN;
  }
}
