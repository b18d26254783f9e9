package journey.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** f(z) = max(z, 0), with the slope 1 where a &gt; 0 and 0 elsewhere. */
public record ReLU() implements Activation {

  @Override
  public void apply(INDArray z) {
    Transforms.relu(z, false);
  }

  @Override
  public void backward(INDArray a, INDArray gradient) {
    gradient.muli(Transforms.step(a, false));
  }
}
