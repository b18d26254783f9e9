package journey.nn;

import static org.nd4j.linalg.ops.transforms.Transforms.exp;
import static org.nd4j.linalg.ops.transforms.Transforms.log;

import journey.nn.kernel.Blas;
import journey.nn.kernel.Elementwise;
import journey.nn.kernel.Shapes;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** L = mean(−Σ y·ln a) with a = softmax(z): one output for each class, one-hot targets. */
public record CategoricalCrossEntropy() implements Loss {

  /** a = softmax(z) = e^z / Σ e^z, row by row */
  @Override
  public INDArray activate(INDArray z) {
    return Elementwise.softmax(z);
  }

  /** ln Σ e^(z − max z) − Σ y·(z − max z), which is −Σ y·ln a without overflow. */
  @Override
  public double value(INDArray z, INDArray y) {
    Shapes.requireSame(z, y);
    INDArray shifted = z.subColumnVector(z.max(true, 1));
    INDArray chosen = shifted.mul(y).sum(true, 1);
    return log(exp(shifted).sum(true, 1)).subi(chosen).meanNumber().doubleValue();
  }

  /** ∂L/∂z = (a − y) / batch */
  @Override
  public INDArray gradient(INDArray z, INDArray y) {
    Shapes.requireSame(z, y);
    double share = 1.0 / z.rows();
    Blas.blend(-share, y, share, activate(z));
    return z;
  }

  /** Right is an answer whose largest value stands where the target's does. */
  @Override
  public double accuracy(INDArray a, INDArray y) {
    Shapes.requireSame(a, y);
    return a.argMax(1).eq(y.argMax(1)).castTo(DataType.DOUBLE).meanNumber().doubleValue();
  }
}
