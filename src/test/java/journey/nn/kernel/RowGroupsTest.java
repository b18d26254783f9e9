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

class RowGroupsTest {

  private static final int[] GROUPS = {3, 0, 3, 3, 1, 0, 4};

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void isTheProductWithTheOneHotMatrix(DataType type) {
    INDArray x = gaussian(random(1), GROUPS.length, 5);
    INDArray oneHot = Nd4j.zeros(DataType.DOUBLE, GROUPS.length, 6);
    for (int row = 0; row < GROUPS.length; row++) {
      oneHot.putScalar(row, GROUPS[row], 1);
    }
    INDArray sums = Nd4j.valueArrayOf(new long[] {6, 5}, 9.0, type);
    RowGroups.sum(x.castTo(type), GROUPS, sums);
    INDArray expected = oneHot.transpose().mmul(x);
    assertTrue(relativeError(expected, sums.castTo(DataType.DOUBLE)) < 1e-6, sums::toString);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void refusesWhatDoesNotFit(DataType type) {
    INDArray x = Nd4j.zeros(type, GROUPS.length, 5);
    INDArray sums = Nd4j.zeros(type, 6, 5);
    assertThrows(
        IndexOutOfBoundsException.class, () -> RowGroups.sum(x, GROUPS, Nd4j.zeros(type, 4, 5)));
    assertThrows(
        IllegalArgumentException.class, () -> RowGroups.sum(x, GROUPS, Nd4j.zeros(type, 6, 4)));
    assertThrows(IllegalArgumentException.class, () -> RowGroups.sum(x, new int[] {1}, sums));
    assertThrows(
        IllegalArgumentException.class,
        () -> RowGroups.sum(x, GROUPS, Nd4j.zeros(DataType.INT32, 6, 5)));
  }
}
