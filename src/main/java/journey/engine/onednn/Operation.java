package journey.engine.onednn;

import java.util.List;

/** A part of a network that oneDNN can run. */
public sealed interface Operation
    permits Addition,
        BatchNorm,
        Convolution,
        Dense,
        DropoutMask,
        Elementwise,
        Flattening,
        Frozen,
        Pooling,
        SoftmaxCrossEntropy {

  /** Adds the forward pass to the program. */
  ForwardPass forward(Program program, List<Tensor> inputs);

  /** Whether it has parameters that may need gradients. */
  default boolean hasParameters() {
    return false;
  }

  /** A forward pass that was added to a program, and what adds its backward pass. */
  record ForwardPass(Tensor result, BackwardPass backward) {}

  /** Adds the backward pass of an operation to the program. */
  @FunctionalInterface
  interface BackwardPass {

    /**
     * Adds it.
     *
     * @param gradient of the result
     * @param needsInputGradient always true for an operation without parameters
     * @return the gradient of the input, or of each input if there are several; null if it is not
     *     needed
     */
    Tensor add(Tensor gradient, boolean needsInputGradient);
  }
}
