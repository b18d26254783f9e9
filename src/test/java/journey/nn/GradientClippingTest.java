package journey.nn;

import static journey.nn.Arrays2D.gaussian;
import static journey.nn.Arrays2D.random;
import static journey.nn.Arrays2D.relativeError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GradientClippingTest {

  private static Parameter parameter(INDArray gradient) {
    return new Parameter("W", gradient.like(), gradient, true);
  }

  @Test
  void aLongGradientBecomesShorterInItsDirection() {
    Parameter one = parameter(gaussian(random(1), 3, 4));
    Parameter other = parameter(gaussian(random(2), 5, 1));
    INDArray before = Nd4j.concat(0, one.gradient().ravel(), other.gradient().ravel());
    new GradientClipping(new Sgd(), 0.5).update(List.of(one, other), 1);
    INDArray step = Nd4j.concat(0, one.value().ravel(), other.value().ravel()).neg();
    assertEquals(0.5, step.norm2Number().doubleValue(), 1e-12);
    double norm = before.norm2Number().doubleValue();
    assertTrue(relativeError(before.mul(0.5 / norm), step) < 1e-12);
  }

  @Test
  void aShortGradientStays() {
    Parameter parameter = parameter(Nd4j.createFromArray(new double[][] {{3, -4}}));
    assertEquals(5, GradientClipping.norm(List.of(parameter)), 1e-12);
    new GradientClipping(new Sgd(), 5.001).update(List.of(parameter), 0.1);
    assertEquals(-0.3, parameter.value().getDouble(0), 1e-12);
    assertEquals(0.4, parameter.value().getDouble(1), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAStrangeLimit(double limit) {
    assertThrows(IllegalArgumentException.class, () -> new GradientClipping(new Sgd(), limit));
  }
}
