package journey.engine.onednn;

import java.util.List;

/** A part of a network that oneDNN can run. */
public sealed interface Piece
    permits Addition,
        BatchNorm,
        Convolution,
        Dense,
        Dropout,
        Elementwise,
        Flattening,
        Pooling,
        SoftmaxLoss {

  /** Writes the forward pass into the stage's program. */
  Step forward(Stage stage, List<Tensor> inputs);

  /** Whether it has parameters that may need gradients. */
  default boolean hasParameters() {
    return false;
  }

  /** A forward pass that was written, and how to write its backward pass. */
  interface Step {

    Tensor result();

    /**
     * Writes the backward pass.
     *
     * @param gradient of the result
     * @param onward whether the inputs' gradients are wanted
     * @return the inputs' gradients, one for each; empty if they are not wanted
     */
    List<Tensor> backward(Tensor gradient, boolean onward);
  }
}
