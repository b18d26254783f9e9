package journey.nn;

import journey.nn.kernel.Elementwise;
import org.nd4j.linalg.api.ndarray.INDArray;

/** f(z) = max(z, 0), with the slope 1 where a &gt; 0 and 0 elsewhere. */
public record ReLU() implements Activation {

  @Override
  public void apply(INDArray z) {
    Elementwise.relu(z);
  }

  @Override
  public void backward(INDArray a, INDArray gradient) {
    Elementwise.multiply(gradient, Elementwise.step(a));
  }
}
