package journey.nn;

import journey.nn.kernel.Elementwise;
import org.nd4j.linalg.api.ndarray.INDArray;

/** f(z) = 1 / (1 + e^−z), with the slope f′(z) = a·(1 − a). */
public record Sigmoid() implements Activation {

  @Override
  public void apply(INDArray z) {
    Elementwise.sigmoid(z);
  }

  @Override
  public void backward(INDArray a, INDArray gradient) {
    Elementwise.multiply(gradient, Elementwise.timesOneMinus(a));
  }
}
