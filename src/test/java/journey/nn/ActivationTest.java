package journey.nn;

import static journey.nn.Arrays2D.assertGradient;
import static journey.nn.Arrays2D.gaussian;
import static journey.nn.Arrays2D.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ActivationTest {

  static Stream<Arguments> activations() {
    return Stream.of(
        activation(new Identity(), z -> z),
        activation(new Sigmoid(), z -> 1 / (1 + Math.exp(-z))),
        activation(new Tanh(), Math::tanh),
        activation(new ReLU(), z -> Math.max(z, 0)),
        activation(new LeakyReLU(), z -> z > 0 ? z : 0.01 * z),
        activation(new LeakyReLU(0.3), z -> z > 0 ? z : 0.3 * z),
        activation(new LeakyReLU(0), z -> Math.max(z, 0)));
  }

  private static Arguments activation(Activation f, DoubleUnaryOperator formula) {
    return Arguments.of(f, formula);
  }

  @ParameterizedTest
  @MethodSource("activations")
  void computesItsFormulaInPlace(Activation f, DoubleUnaryOperator formula) {
    INDArray z = gaussian(random(1), 5, 7).muli(3);
    INDArray a = z.dup();
    f.apply(a);
    for (int i = 0; i < z.length(); i++) {
      double expected = formula.applyAsDouble(z.getDouble(i));
      assertEquals(expected, a.getDouble(i), 1e-12 * Math.max(1, Math.abs(expected)));
    }
  }

  @ParameterizedTest
  @MethodSource("activations")
  void slopeAgreesWithCentralDifferences(Activation f, DoubleUnaryOperator formula) {
    for (int seed = 1; seed <= 10; seed++) {
      Random random = random(seed);
      int batch = 1 + random.nextInt(6);
      int features = 1 + random.nextInt(9);
      INDArray z = gaussian(random, batch, features);
      INDArray c = gaussian(random, batch, features);
      INDArray a = z.dup();
      f.apply(a);
      INDArray gradient = c.dup();
      f.backward(a, gradient);
      assertGradient(f.toString(), () -> weightedSum(f, z, c), z, gradient);
    }
  }

  private static double weightedSum(Activation f, INDArray z, INDArray c) {
    INDArray a = z.dup();
    f.apply(a);
    return a.muli(c).sumNumber().doubleValue();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void leavesWhatLiesAroundItsRowsAlone(Activation f, DoubleUnaryOperator formula) {
    INDArray all = gaussian(random(3), 6, 4).castTo(DataType.FLOAT);
    INDArray before = all.dup();
    INDArray gradients = Nd4j.ones(DataType.FLOAT, 6, 4);
    f.apply(all.get(NDArrayIndex.interval(2, 4), NDArrayIndex.all()));
    f.backward(
        all.get(NDArrayIndex.interval(2, 4), NDArrayIndex.all()),
        gradients.get(NDArrayIndex.interval(2, 4), NDArrayIndex.all()));
    for (int row : new int[] {0, 1, 4, 5}) {
      assertEquals(before.getRow(row), all.getRow(row));
      assertEquals(Nd4j.ones(DataType.FLOAT, 4), gradients.getRow(row));
    }
    double expected = formula.applyAsDouble(before.getDouble(2, 1));
    INDArray again = before.get(NDArrayIndex.interval(2, 4), NDArrayIndex.all()).dup();
    f.apply(again);
    assertEquals(expected, again.getDouble(0, 1), 1e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void doesNotOverflow(DataType type) {
    INDArray z = Nd4j.createFromArray(new double[][] {{-1000, -100, 100, 1000}}).castTo(type);
    INDArray sigmoid = z.dup();
    new Sigmoid().apply(sigmoid);
    INDArray tanh = z.dup();
    new Tanh().apply(tanh);
    double[] expectedSigmoid = {0, Math.exp(-100), 1, 1};
    double[] expectedTanh = {-1, -1, 1, 1};
    for (int i = 0; i < 4; i++) {
      assertEquals(expectedSigmoid[i], sigmoid.getDouble(i), 1e-30);
      assertEquals(expectedTanh[i], tanh.getDouble(i), 0);
    }
    INDArray gradient = Nd4j.ones(type, 1, 4);
    new Sigmoid().backward(sigmoid, gradient);
    new Tanh().backward(tanh, gradient);
    assertEquals(0, gradient.norm1Number().doubleValue(), 1e-30);
  }

  @ParameterizedTest
  @MethodSource("activations")
  void passesOnWhatIsNotANumber(Activation f, DoubleUnaryOperator formula) {
    INDArray z = Nd4j.createFromArray(new float[][] {{1, Float.NaN}});
    f.apply(z);
    assertTrue(Double.isNaN(z.getDouble(1)), () -> f + " gave " + z);
  }

  @Test
  void identityGivesBackTheVeryNumbers() {
    INDArray z = gaussian(random(1), 2, 2);
    INDArray before = z.dup();
    new Identity().apply(z);
    assertEquals(before, z);
    assertSame(DataType.DOUBLE, z.dataType());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusesAStrangeLeak(double alpha) {
    var error = assertThrows(IllegalArgumentException.class, () -> new LeakyReLU(alpha));
    assertTrue(error.getMessage().contains("" + alpha), error::getMessage);
  }
}
