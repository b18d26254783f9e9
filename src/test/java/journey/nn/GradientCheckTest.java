package journey.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GradientCheckTest {

  private final INDArray p = Nd4j.createFromArray(0.5, -2.0, 3.0);
  private final DoubleSupplier sumOfCubes = () -> p.mul(p).mul(p).sumNumber().doubleValue();

  @Test
  void acceptsTheRightGradient() {
    GradientCheck check = GradientCheck.of(sumOfCubes, p, p.mul(p).muli(3), 10, 1);
    assertTrue(check.maxRelativeError() < 1e-8, () -> "" + check.maxRelativeError());
    assertEquals(10, check.measured().length);
  }

  @Test
  void findsAWrongOne() {
    assertTrue(GradientCheck.of(sumOfCubes, p, p.mul(p), 10, 1).maxRelativeError() > 0.4);
  }

  @Test
  void findsWhatIsNotANumber() {
    INDArray nan = Nd4j.valueArrayOf(new long[] {3}, Double.NaN, DataType.DOUBLE);
    double error = GradientCheck.of(sumOfCubes, p, nan, 10, 1).maxRelativeError();
    assertTrue(Double.isNaN(error), () -> "" + error);
  }

  @Test
  void leavesTheParametersAsTheyWere() {
    INDArray before = p.dup();
    GradientCheck.of(sumOfCubes, p, p, 10, 1);
    assertEquals(before, p);
  }

  @Test
  void refusesSinglePrecisionAndOtherShapes() {
    INDArray single = p.castTo(DataType.FLOAT);
    assertThrows(
        IllegalArgumentException.class, () -> GradientCheck.of(() -> 0, single, single, 1, 1));
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> GradientCheck.of(() -> 0, p, p.reshape(3, 1), 1, 1));
    assertTrue(error.getMessage().contains("shape"), error::getMessage);
  }
}
