package journey.nn;

import java.util.Random;
import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Compares a derived gradient with central differences, {@code (L(p + ε) − L(p − ε)) / 2ε}.
 *
 * @param derived the derived slope of each parameter looked at
 * @param measured the measured slope of the same parameters
 */
public record GradientCheck(double[] derived, double[] measured) {

  private static final double EPSILON = 1e-5;

  /**
   * Moves {@code samples} of the parameters, drawn by {@code seed}, up and down by a little.
   *
   * @param loss the loss for the parameters as they are now
   * @param parameters what the loss depends on, in double precision; left as it was
   * @param gradient what is claimed to be the loss's gradient, of the parameters' shape
   * @throws IllegalArgumentException if the shapes differ or the precision is not double
   */
  public static GradientCheck of(
      DoubleSupplier loss, INDArray parameters, INDArray gradient, int samples, long seed) {
    if (!parameters.equalShapes(gradient) || parameters.dataType() != DataType.DOUBLE) {
      throw new IllegalArgumentException(
          "Parameters and gradient must be DOUBLE and of one shape, but they are %s and %s"
              .formatted(parameters.shapeInfoToString(), gradient.shapeInfoToString()));
    }
    double[] derived = new double[samples];
    double[] measured = new double[samples];
    long[] chosen = new Random(seed).longs(samples, 0, parameters.length()).toArray();
    for (int k = 0; k < samples; k++) {
      double p = parameters.getDouble(chosen[k]);
      parameters.putScalar(chosen[k], p + EPSILON);
      double above = loss.getAsDouble();
      parameters.putScalar(chosen[k], p - EPSILON);
      double below = loss.getAsDouble();
      parameters.putScalar(chosen[k], p);
      derived[k] = gradient.getDouble(chosen[k]);
      measured[k] = (above - below) / (2 * EPSILON);
    }
    return new GradientCheck(derived, measured);
  }

  /** The largest {@code |derived − measured| / (|derived| + |measured|)}; 0 where both are 0. */
  public double maxRelativeError() {
    double worst = 0;
    for (int k = 0; k < derived.length; k++) {
      double sum = Math.abs(derived[k]) + Math.abs(measured[k]);
      double error = sum == 0 ? 0 : Math.abs(derived[k] - measured[k]) / sum;
      worst = Double.isNaN(error) ? Double.NaN : Math.max(worst, error);
    }
    return worst;
  }
}
