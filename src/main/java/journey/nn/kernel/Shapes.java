package journey.nn.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Refuses arrays that do not fit each other, where ND4J would broadcast one of them. */
public final class Shapes {

  private Shapes() {}

  /**
   * The inputs {@code x} must be {@code [batch, inputs]} for weights {@code [inputs, outputs]}.
   *
   * @throws IllegalArgumentException with both shapes and types, if they do not fit
   */
  public static void requireInputs(INDArray x, INDArray weights) {
    if (x.rank() != 2 || x.size(1) != weights.size(0) || x.dataType() != weights.dataType()) {
      throw new IllegalArgumentException(
          "the layer's weights are %s and take inputs of shape [batch, %d], but the inputs are %s"
              .formatted(describe(weights), weights.size(0), describe(x)));
    }
  }

  /**
   * Targets must have the shape and the type of the network's outputs, {@code [batch, outputs]}.
   *
   * @throws IllegalArgumentException with both shapes and types, if they are not
   */
  public static void requireSame(INDArray outputs, INDArray targets) {
    if (!outputs.equalShapes(targets) || outputs.dataType() != targets.dataType()) {
      throw new IllegalArgumentException(
          "the targets must have the outputs' shape and type, %s, but they are %s"
              .formatted(describe(outputs), describe(targets)));
    }
  }

  /** Type and shape, for messages: {@code FLOAT [64, 10]}. */
  public static String describe(INDArray array) {
    return array.dataType() + " " + Arrays.toString(array.shape());
  }
}
