package journey.nn;

import static journey.nn.Arrays2D.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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

  /** ND4J would end the process. */
  @ParameterizedTest
  @CsvSource({"3072, 1000000000", "2147483647, 2147483647", "0, 5", "5, 0", "-3, 5", "5, -3"})
  void refusesSizesThatCannotBe(int inputs, int outputs) {
    for (Initializer initializer :
        List.of(new SmallNormal(), new Glorot(), new He(), new He().as(DataType.DOUBLE))) {
      var error =
          assertThrows(
              IllegalArgumentException.class,
              () -> new DenseLayer(inputs, outputs, new ReLU(), initializer, random(1)));
      String sizes = "a layer with weights and gradients of %s [%d, %d]";
      DataType type = error.getMessage().contains("DOUBLE") ? DataType.DOUBLE : DataType.FLOAT;
      assertTrue(
          error.getMessage().contains(sizes.formatted(type, inputs, outputs)), error::getMessage);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesDeviationsThatAreNone(double deviation) {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new SmallNormal(deviation).weights(3, 2, random(1)));
    assertTrue(error.getMessage().contains("" + deviation), error::getMessage);
  }

  @Test
  void anotherPrecisionHoldsTheSameNumbers() {
    INDArray single = new He().weights(20, 10, random(3));
    INDArray twice = new He().as(DataType.DOUBLE).weights(20, 10, random(3));
    assertEquals(DataType.DOUBLE, twice.dataType());
    assertEquals(single.castTo(DataType.DOUBLE), twice);
  }
}
