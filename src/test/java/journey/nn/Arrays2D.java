package journey.nn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleSupplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/** Random arrays, and how far they are from each other. */
public final class Arrays2D {

  private Arrays2D() {}

  public static Random random(long seed) {
    return Nd4j.getRandomFactory().getNewRandomInstance(seed);
  }

  /** Double precision. */
  public static INDArray gaussian(Random random, int rows, int columns) {
    return random.nextGaussian(new int[] {rows, columns}).castTo(DataType.DOUBLE);
  }

  /** One-hot rows, double precision, of classes below {@code classes}. */
  public static INDArray oneHot(Random random, int rows, int columns, int classes) {
    INDArray y = Nd4j.zeros(DataType.DOUBLE, rows, columns);
    for (int row = 0; row < rows; row++) {
      y.putScalar(row, random.nextInt(classes), 1);
    }
    return y;
  }

  /** ‖a − b‖ / (‖a‖ + ‖b‖), 0 if both are 0; NaN if a number is. */
  public static double relativeError(INDArray a, INDArray b) {
    double sum = a.norm2Number().doubleValue() + b.norm2Number().doubleValue();
    return sum == 0 ? 0 : a.sub(b).norm2Number().doubleValue() / sum;
  }

  /** Every element by central differences: a relative error of at most 1e-6, as vectors. */
  public static void assertGradient(
      String name, DoubleSupplier loss, INDArray parameters, INDArray gradient) {
    double epsilon = 1e-5;
    assertTrue(parameters.dataType() == DataType.DOUBLE, name);
    INDArray measured = Nd4j.zeros(DataType.DOUBLE, parameters.shape());
    for (int row = 0; row < parameters.rows(); row++) {
      for (int column = 0; column < parameters.columns(); column++) {
        double p = parameters.getDouble(row, column);
        parameters.putScalar(row, column, p + epsilon);
        double above = loss.getAsDouble();
        parameters.putScalar(row, column, p - epsilon);
        double below = loss.getAsDouble();
        parameters.putScalar(row, column, p);
        measured.putScalar(row, column, (above - below) / (2 * epsilon));
      }
    }
    double error = relativeError(gradient, measured);
    assertTrue(error < 1e-6, () -> name + ": relative error " + error + "\n" + gradient + measured);
  }
}
