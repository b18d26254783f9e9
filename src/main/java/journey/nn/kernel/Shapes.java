package journey.nn.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Refuses arrays that do not belong together, where ND4J would stretch one to fit the other. */
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
   * Targets must be what the network's outputs are: {@code [batch, outputs]}, of one type.
   *
   * @throws IllegalArgumentException with both shapes and types, if they are not
   */
  public static void requireSame(INDArray outputs, INDArray targets) {
    if (!outputs.equalShapes(targets) || outputs.dataType() != targets.dataType()) {
      throw new IllegalArgumentException(
          "the targets must be like the outputs, which are %s, but they are %s"
              .formatted(describe(outputs), describe(targets)));
    }
  }

  /** Type and shape, for messages: {@code FLOAT [64, 10]}. */
  public static String describe(INDArray array) {
    return array.dataType() + " " + Arrays.toString(array.shape());
  }
}
