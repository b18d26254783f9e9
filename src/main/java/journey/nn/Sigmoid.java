package journey.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.same.TimesOneMinus;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** f(z) = 1 / (1 + e^−z), with the slope f′(z) = a·(1 − a). */
public record Sigmoid() implements Activation {

  @Override
  public void apply(INDArray z) {
    Transforms.sigmoid(z, false);
  }

  @Override
  public void backward(INDArray a, INDArray gradient) {
    gradient.muli(Nd4j.getExecutioner().exec(new TimesOneMinus(a)));
  }
}
