package journey.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ParameterVersionTest {

  @Test
  void changesWithAnyParameterAndOnlyThen() {
    INDArray parameters = Nd4j.linspace(1, 10_007, 10_007, DataType.FLOAT).reshape(1, 10_007);
    try (var version = new ParameterVersion()) {
      long last = version.of(parameters, () -> {});
      assertEquals(last, version.of(parameters, () -> {}));
      for (long i : new long[] {0, 1, 5_000, 10_006}) {
        float before = parameters.getFloat(i);
        parameters.putScalar(i, Math.nextUp(before));
        long now = version.of(parameters, () -> {});
        assertNotEquals(last, now, "parameter " + i);
        last = version.of(parameters, () -> {});
        assertEquals(now, last);
      }
    }
  }

  @Test
  void noticesThatNumbersHaveChangedPlaces() {
    INDArray parameters = Nd4j.createFromArray(1f, 2, 3, 4).reshape(1, 4);
    try (var version = new ParameterVersion()) {
      long before = version.of(parameters, () -> {});
      parameters.assign(Nd4j.createFromArray(1f, 3, 2, 4).reshape(1, 4));
      assertNotEquals(before, version.of(parameters, () -> {}));
    }
  }

  @Test
  void checksWhatHasChangedUntilItPasses() {
    INDArray parameters = Nd4j.createFromArray(1f, 2).reshape(1, 2);
    Runnable refusal =
        () -> {
          throw new ArithmeticException();
        };
    try (var version = new ParameterVersion()) {
      for (int call = 0; call < 2; call++) {
        assertThrows(ArithmeticException.class, () -> version.of(parameters, refusal));
      }
      long known = version.of(parameters, () -> {});
      assertEquals(known, version.of(parameters, refusal));
    }
  }

  @Test
  void knowsParametersThatAreNotNumbers() {
    INDArray parameters = Nd4j.createFromArray(1f, Float.NaN).reshape(1, 2);
    try (var version = new ParameterVersion()) {
      assertEquals(version.of(parameters, () -> {}), version.of(parameters, () -> {}));
    }
  }
}
