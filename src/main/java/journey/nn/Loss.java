package journey.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How wrong a network is. A loss takes the logits {@code z}, the last layer's weighted sums, and
 * applies the output activation itself: only together are the two exact for large logits, and their
 * gradient simple.
 *
 * <p>Logits {@code z} and targets {@code y} are {@code [batch, outputs]}.
 */
public interface Loss {

  /** The network's answer a for the logits, in place. */
  INDArray activate(INDArray z);

  /** L, averaged over the batch; leaves z as it is. */
  double value(INDArray z, INDArray y);

  /** ∂L/∂z, in place of z. */
  INDArray gradient(INDArray z, INDArray y);

  /** The share of right answers among the answers {@code a}; NaN where there is no such thing. */
  double accuracy(INDArray a, INDArray y);
}
