package journey.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** f(z) = tanh z, with the slope f′(z) = 1 − a². */
public record Tanh() implements Activation {

  @Override
  public void apply(INDArray z) {
    Transforms.tanh(z, false);
  }

  @Override
  public void backward(INDArray a, INDArray gradient) {
    gradient.muli(a.muli(a).rsubi(1));
  }
}
