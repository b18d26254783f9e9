package journey.cnn;

import java.io.IOException;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The average that {@link WeightAveraging} asks for, of all parameters and running statistics. */
final class WeightAverage {

  private static final String ENTRY = "average.bin";

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
    average = averaging.on() ? parameters.dup() : parameters;
  }

  /** Takes in the parameters after this many steps, if it is time to. */
  void after(int steps, double progress) {
    if (!averaging.on() || steps % averaging.every() != 0) {
      return;
    }
    double decay = averaging.decay() * (averaging.lookahead() ? Math.pow(progress, 3) : 1);
    average.muli(decay);
    Nd4j.getBlasWrapper().level1().axpy(average.length(), 1 - decay, parameters, average);
    if (averaging.lookahead()) {
      parameters.assign(average);
    }
  }

  /** The parameters become the average, if one is kept. */
  void finish() {
    if (averaging.on()) {
      parameters.assign(average);
    }
  }

  /** Adds the average to the entries of a checkpoint, if one is kept. */
  void addTo(Map<String, byte[]> entries) throws IOException {
    if (averaging.on()) {
      entries.put(ENTRY, NetworkZip.bytes(average));
    }
  }

  /** Takes the average from a checkpoint, if one is kept. */
  void restore(NetworkZip zip) throws IOException {
    if (averaging.on()) {
      average.assign(zip.ours(ENTRY));
    }
  }
}
