package journey.nn;

import journey.nn.kernel.Sizes;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;

/** What the weights of a layer are before it has learnt anything. */
@FunctionalInterface
public interface Initializer {

  /** New weights {@code [inputs, outputs]}, float32, drawn from {@code random}. */
  INDArray weights(int inputs, int outputs, Random random);

  /** The same weights in this precision: a layer computes in that of its weights. */
  default Initializer as(DataType type) {
    return (inputs, outputs, random) -> {
      // The third one is for the weights as they are drawn.
      Sizes.require("a layer with weights and gradients", 3, type, inputs, outputs);
      return weights(inputs, outputs, random).castTo(type);
    };
  }
}
