package journey.plot;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of a fully connected layer.
 *
 * @param values those of the first input to each output, then those of the second, and so on
 */
record Weights(int inputs, int outputs, double[] values) {

  /** Copies an array of shape {@code [inputs, outputs]}. */
  static Weights of(INDArray array) {
    return new Weights(array.rows(), array.columns(), Reading.values(array));
  }

  double at(int input, int output) {
    return values[input * outputs + output];
  }

  /** The weights to one of the outputs. */
  double[] into(int output) {
    return IntStream.range(0, inputs).mapToDouble(i -> at(i, output)).toArray();
  }
}
