package journey.nn.kernel;

import static journey.nn.Arrays2D.gaussian;
import static journey.nn.Arrays2D.random;
import static journey.nn.Arrays2D.relativeError;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RowsTest {

  private static final int[] NUMBERS = {3, 0, 3, 3, 1, 0, 4};

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void areProductsWithTheOneHotMatrix(DataType type) {
    INDArray x = gaussian(random(1), NUMBERS.length, 5);
    INDArray oneHot = Nd4j.zeros(DataType.DOUBLE, NUMBERS.length, 6);
    for (int row = 0; row < NUMBERS.length; row++) {
      oneHot.putScalar(row, NUMBERS[row], 1);
    }
    INDArray sums = Nd4j.valueArrayOf(new long[] {6, 5}, 9.0, type);
    Rows.addUp(x.castTo(type), NUMBERS, sums);
    INDArray expected = oneHot.transpose().mmul(x);
    assertTrue(relativeError(expected, sums.castTo(DataType.DOUBLE)) < 1e-6, sums::toString);
    INDArray taken = Nd4j.zeros(type, NUMBERS.length, 5);
    Rows.take(sums, NUMBERS, taken);
    INDArray again = oneHot.mmul(expected);
    assertTrue(relativeError(again, taken.castTo(DataType.DOUBLE)) < 1e-6, taken::toString);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void refusesWhatDoesNotFit(DataType type) {
    INDArray x = Nd4j.zeros(type, NUMBERS.length, 5);
    INDArray sums = Nd4j.zeros(type, 6, 5);
    assertThrows(
        IndexOutOfBoundsException.class, () -> Rows.addUp(x, NUMBERS, Nd4j.zeros(type, 4, 5)));
    assertThrows(
        IllegalArgumentException.class, () -> Rows.addUp(x, NUMBERS, Nd4j.zeros(type, 6, 4)));
    assertThrows(IllegalArgumentException.class, () -> Rows.addUp(x, new int[] {1}, sums));
    assertThrows(
        IllegalArgumentException.class,
        () -> Rows.addUp(x, NUMBERS, Nd4j.zeros(DataType.INT32, 6, 5)));
  }
}
