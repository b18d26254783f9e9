package journey.nn;

import static journey.nn.Arrays2D.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class InitializerTest {

  static Stream<Arguments> deviations() {
    return Stream.of(
        Arguments.of(new SmallNormal(), 0.01),
        Arguments.of(new SmallNormal(0.2), 0.2),
        Arguments.of(new Glorot(), Math.sqrt(2.0 / (300 + 200))),
        Arguments.of(new He(), Math.sqrt(2.0 / 300)));
  }

  @ParameterizedTest
  @MethodSource("deviations")
  void drawsFromItsNormalDistribution(Initializer initializer, double deviation) {
    INDArray weights = initializer.weights(300, 200, random(1));
    int n = 300 * 200;
    assertArrayEquals(new long[] {300, 200}, weights.shape());
    assertEquals(DataType.FLOAT, weights.dataType());
    assertEquals(0, weights.meanNumber().doubleValue(), 4 * deviation / Math.sqrt(n));
    assertEquals(deviation, weights.stdNumber().doubleValue(), 4 * deviation / Math.sqrt(2.0 * n));
    double beyondTwo =
        weights
            .mul(weights)
            .gt(4 * deviation * deviation)
            .castTo(DataType.DOUBLE)
            .meanNumber()
            .doubleValue();
    assertEquals(0.0455, beyondTwo, 4 * Math.sqrt(0.0455 / n));
  }

  @Test
  void anotherPrecisionHoldsTheSameNumbers() {
    INDArray single = new He().weights(20, 10, random(3));
    INDArray twice = new He().as(DataType.DOUBLE).weights(20, 10, random(3));
    assertEquals(DataType.DOUBLE, twice.dataType());
    assertEquals(single.castTo(DataType.DOUBLE), twice);
  }
}
