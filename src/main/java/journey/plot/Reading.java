package journey.plot;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one picture stirs up in a network, layer by layer.
 *
 * @param label the true class
 * @param activations the picture's colour values, from 0 to 1, then each layer's outputs; the last
 *     are the probabilities of the classes
 */
record Reading(int label, List<double[]> activations) {

  /**
   * Copies arrays of shape {@code [1, n]}.
   *
   * @param weights the layers that these are the inputs and outputs of
   * @throws IllegalArgumentException if there is not one array of the right length for the input
   *     and each layer, a number is not finite, or the label is no class
   */
  static Reading of(int label, List<INDArray> activations, List<Weights> weights) {
    long[] expected =
        IntStream.rangeClosed(0, weights.size())
            .mapToLong(i -> i == 0 ? weights.get(0).inputs() : weights.get(i - 1).outputs())
            .toArray();
    long[] found = activations.stream().mapToLong(INDArray::length).toArray();
    if (!Arrays.equals(expected, found)) {
      throw new IllegalArgumentException(
          "expected the input and each layer's output, of the lengths %s, but found %s"
              .formatted(Arrays.toString(expected), Arrays.toString(found)));
    }
    if (label < 0 || label >= expected[weights.size()]) {
      throw new IllegalArgumentException(
          "the label must be one of %d classes, numbered from 0, but it is %d"
              .formatted(expected[weights.size()], label));
    }
    return new Reading(label, activations.stream().map(Reading::values).toList());
  }

  /** The numbers of an array in 'c' order, as doubles. */
  static double[] values(INDArray array) {
    double[] values =
        array.castTo(DataType.DOUBLE).reshape('c', new long[] {array.length()}).toDoubleVector();
    if (!Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "a number is NaN or infinite. The training has diverged: try a smaller learning rate");
    }
    return values;
  }

  double[] inputs() {
    return activations.get(0);
  }

  double[] probabilities() {
    return activations.get(activations.size() - 1);
  }

  /** The most probable class. */
  int answer() {
    double[] p = probabilities();
    return IntStream.range(0, p.length).reduce(0, (best, c) -> p[c] > p[best] ? c : best);
  }

  double confidence() {
    return probabilities()[answer()];
  }

  boolean isRight() {
    return answer() == label;
  }
}
