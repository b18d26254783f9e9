package journey.nn;

import static org.nd4j.linalg.ops.transforms.Transforms.abs;
import static org.nd4j.linalg.ops.transforms.Transforms.exp;
import static org.nd4j.linalg.ops.transforms.Transforms.log1p;
import static org.nd4j.linalg.ops.transforms.Transforms.max;

import journey.nn.kernel.Blas;
import journey.nn.kernel.Elementwise;
import journey.nn.kernel.Shapes;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** L = mean(−y·ln a − (1 − y)·ln(1 − a)) with a = σ(z): one output, two classes. */
public record BinaryCrossEntropy() implements Loss {

  /** a = σ(z) */
  @Override
  public INDArray activate(INDArray z) {
    return Elementwise.sigmoid(z);
  }

  /** max(z, 0) − y·z + ln(1 + e^−|z|), which is L without a logarithm of 0. */
  @Override
  public double value(INDArray z, INDArray y) {
    Shapes.requireSame(z, y);
    INDArray log = log1p(exp(abs(z).negi(), false), false);
    return max(z, 0).subi(y.mul(z)).addi(log).meanNumber().doubleValue();
  }

  /** ∂L/∂z = (a − y) / batch, with the mean taken over all outputs if there are several */
  @Override
  public INDArray gradient(INDArray z, INDArray y) {
    Shapes.requireSame(z, y);
    double share = 1.0 / z.length();
    Blas.blend(-share, y, share, activate(z));
    return z;
  }

  /** Right is an answer on the target's side of 0.5. */
  @Override
  public double accuracy(INDArray a, INDArray y) {
    Shapes.requireSame(a, y);
    return a.gte(0.5).eq(y.gte(0.5)).castTo(DataType.DOUBLE).meanNumber().doubleValue();
  }
}
