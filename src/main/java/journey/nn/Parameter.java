package journey.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An array that a network learns, and the gradient of the loss with respect to it.
 *
 * @param name its name in its layer: W for weights, b for biases
 * @param value the array, changed in place by an {@link Optimizer}
 * @param gradient ∂L/∂value, of the same shape, filled by the layer's backward pass
 * @param penalized whether penalties and weight decay apply: to weights, not to biases
 */
public record Parameter(String name, INDArray value, INDArray gradient, boolean penalized) {}
