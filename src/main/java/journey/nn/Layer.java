package journey.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One step of a network, forward and backward. All arrays are {@code [batch, features]}; they
 * belong to the layer and are valid until its next forward pass.
 */
public interface Layer {

  /**
   * The layer's output for the input {@code x}.
   *
   * @param training whether a backward pass will follow; dropout drops only then
   */
  INDArray forward(INDArray x, boolean training);

  /**
   * Turns the gradient with respect to this layer's output into the gradients with respect to its
   * parameters. Call it once for each forward pass: it overwrites the gradient and the output.
   */
  void backward(INDArray outputGradient);

  /** After {@link #backward}: the gradient of the loss with respect to this layer's input. */
  INDArray inputGradient();

  /** What the layer learns. */
  List<Parameter> parameters();
}
