package journey.data;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Some examples, with what a network is to answer for them. Its arrays are filled anew for the next
 * batch: whoever wants to keep them copies them.
 *
 * @param inputs {@code [batch, features]}, in 'c' order
 * @param targets {@code [batch, outputs]}, in 'c' order
 */
public record MiniBatch(INDArray inputs, INDArray targets) {

  /** How many examples there are. */
  public int size() {
    return inputs.rows();
  }
}
