package journey.cnn;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The average that {@link WeightAveraging} asks for, of all parameters and running statistics. */
final class WeightAverage {

  private final WeightAveraging averaging;
  private final INDArray parameters;
  private final INDArray average;

  /**
   * Begins with the parameters as they are.
   *
   * @param parameters the network's own array
   */
  WeightAverage(WeightAveraging averaging, INDArray parameters) {
    this.averaging = averaging;
    this.parameters = parameters;
    average = averaging.every() > 0 ? parameters.dup() : null;
  }

  /** After so many steps, takes in the parameters if it is time to. */
  void after(int steps, double progress) {
    if (average == null || steps % averaging.every() != 0) {
      return;
    }
    double decay = averaging.decay() * (averaging.lookahead() ? Math.pow(progress, 3) : 1);
    average.muli(decay);
    Nd4j.getBlasWrapper().level1().axpy(average.length(), 1 - decay, parameters, average);
    if (averaging.lookahead()) {
      parameters.assign(average);
    }
  }

  /** The parameters become the average, if there is one. */
  void finish() {
    array().ifPresent(parameters::assign);
  }

  /** The average, if one is kept. */
  Optional<INDArray> array() {
    return Optional.ofNullable(average);
  }
}
