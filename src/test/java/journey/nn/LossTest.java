package journey.nn;

import static journey.nn.Arrays2D.assertGradient;
import static journey.nn.Arrays2D.gaussian;
import static journey.nn.Arrays2D.oneHot;
import static journey.nn.Arrays2D.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

class LossTest {

  static Stream<Loss> losses() {
    return Stream.of(
        new BinaryCrossEntropy(), new CategoricalCrossEntropy(), new MeanSquaredError());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientAgreesWithCentralDifferences(Loss loss) {
    for (int seed = 1; seed <= 20; seed++) {
      Random random = random(seed);
      int batch = 1 + random.nextInt(8);
      int outputs = 2 + random.nextInt(7);
      INDArray z = gaussian(random, batch, outputs).muli(2);
      INDArray y = targets(loss, random, batch, outputs);
      INDArray gradient = loss.gradient(z.dup(), y);
      assertGradient(loss + " seed " + seed, () -> loss.value(z, y), z, gradient);
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void oneExampleAndOneOutputWillDo(Loss loss) {
    INDArray z = Nd4j.createFromArray(new double[][] {{0.4}});
    INDArray y = Nd4j.createFromArray(new double[][] {{1}});
    INDArray gradient = loss.gradient(z.dup(), y);
    assertGradient(loss.toString(), () -> loss.value(z, y), z, gradient);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theValueIsAMeanOverTheBatchAndLeavesTheLogitsAlone(Loss loss) {
    Random random = random(4);
    INDArray z = gaussian(random, 3, 4);
    INDArray y = targets(loss, random, 3, 4);
    INDArray before = z.dup();
    double mean = 0;
    for (int row = 0; row < 3; row++) {
      mean += loss.value(z.getRow(row, true), y.getRow(row, true)) / 3;
    }
    assertEquals(mean, loss.value(z, y), 1e-12);
    assertEquals(before, z);
  }

  private static INDArray targets(Loss loss, Random random, int batch, int outputs) {
    if (loss instanceof CategoricalCrossEntropy) {
      // The last class never comes.
      return oneHot(random, batch, outputs, outputs - 1);
    }
    INDArray numbers = gaussian(random, batch, outputs);
    return loss instanceof MeanSquaredError ? numbers : numbers.gt(0).castTo(DataType.DOUBLE);
  }

  @Test
  void binaryIsItsFormula() {
    double a = 1 / (1 + Math.exp(-0.7));
    double b = 1 / (1 + Math.exp(2.1));
    INDArray z = Nd4j.createFromArray(new double[][] {{0.7}, {-2.1}});
    INDArray y = Nd4j.createFromArray(new double[][] {{0}, {1}});
    var loss = new BinaryCrossEntropy();
    assertEquals((-Math.log(1 - a) - Math.log(b)) / 2, loss.value(z, y), 1e-12);
    INDArray gradient = loss.gradient(z.dup(), y);
    assertEquals(a / 2, gradient.getDouble(0), 1e-12);
    assertEquals((b - 1) / 2, gradient.getDouble(1), 1e-12);
    INDArray answer = loss.activate(z.dup());
    assertEquals(a, answer.getDouble(0), 1e-12);
    assertEquals(0, loss.accuracy(answer, y));
    assertEquals(0.5, loss.accuracy(answer, Nd4j.ones(DataType.DOUBLE, 2, 1)));
  }

  @Test
  void categoricalIsItsFormula() {
    double sum = Math.exp(1) + Math.exp(2) + Math.exp(0.5);
    INDArray z = Nd4j.createFromArray(new double[][] {{1, 2, 0.5}});
    INDArray y = Nd4j.createFromArray(new double[][] {{1, 0, 0}});
    var loss = new CategoricalCrossEntropy();
    assertEquals(-Math.log(Math.exp(1) / sum), loss.value(z, y), 1e-12);
    INDArray answer = loss.activate(z.dup());
    assertEquals(Math.exp(2) / sum, answer.getDouble(1), 1e-12);
    assertEquals(1, answer.sumNumber().doubleValue(), 1e-12);
    INDArray gradient = loss.gradient(z.dup(), y);
    assertEquals(Math.exp(1) / sum - 1, gradient.getDouble(0), 1e-12);
    assertEquals(0, loss.accuracy(answer, y));
    INDArray second = Nd4j.createFromArray(new double[][] {{0, 1, 0}});
    assertEquals(1, loss.accuracy(answer, second));
  }

  @Test
  void squaredErrorIsItsFormula() {
    INDArray z = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}});
    INDArray y = Nd4j.createFromArray(new double[][] {{1, 0}, {0, 5}});
    var loss = new MeanSquaredError();
    assertEquals((4 + 9 + 1) / 4.0, loss.value(z, y), 1e-12);
    INDArray gradient = Nd4j.createFromArray(new double[][] {{0, 1}, {1.5, -0.5}});
    assertEquals(gradient, loss.gradient(z.dup(), y));
    assertTrue(Double.isNaN(loss.accuracy(z, y)));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void crossEntropiesAreExactForHugeLogits(DataType type) {
    double rounding = type == DataType.FLOAT ? 1e-4 : 1e-12;
    for (double size : new double[] {100, 1000}) {
      INDArray binary = Nd4j.createFromArray(new double[][] {{size}, {-size}}).castTo(type);
      INDArray right = Nd4j.createFromArray(new double[][] {{1}, {0}}).castTo(type);
      check(new BinaryCrossEntropy(), binary, right, 0, 0, rounding);
      check(new BinaryCrossEntropy(), binary, right.rsub(1), size, 0.5, rounding);

      INDArray many = Nd4j.createFromArray(new double[][] {{size, -size, 0}}).castTo(type);
      INDArray first = Nd4j.createFromArray(new double[][] {{1, 0, 0}}).castTo(type);
      INDArray second = Nd4j.createFromArray(new double[][] {{0, 1, 0}}).castTo(type);
      check(new CategoricalCrossEntropy(), many, first, 0, 0, rounding);
      check(new CategoricalCrossEntropy(), many, second, 2 * size, 1, rounding);
    }
  }

  private static void check(
      Loss loss, INDArray z, INDArray y, double value, double steepest, double rounding) {
    assertEquals(value, loss.value(z, y), rounding * Math.max(1, value));
    INDArray gradient = loss.gradient(z.dup(), y);
    assertEquals(steepest, gradient.normmaxNumber().doubleValue(), 1e-6);
    assertTrue(Double.isFinite(gradient.norm1Number().doubleValue()), gradient::toString);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void refusesTargetsThatWouldBeStretched(Loss loss) {
    INDArray z = Nd4j.ones(DataType.FLOAT, 4, 3);
    for (INDArray y :
        new INDArray[] {
          Nd4j.ones(DataType.FLOAT, 4, 1), Nd4j.ones(DataType.FLOAT, 1, 3), Nd4j.ones(4, 2)
        }) {
      refuses("[4, 3]", shape(y), () -> loss.value(z, y));
      refuses("[4, 3]", shape(y), () -> loss.gradient(z, y));
      if (!(loss instanceof MeanSquaredError)) {
        refuses("[4, 3]", shape(y), () -> loss.accuracy(z, y));
      }
    }
    refuses("FLOAT", "DOUBLE", () -> loss.value(z, Nd4j.ones(DataType.DOUBLE, 4, 3)));
  }

  private static String shape(INDArray y) {
    return "[%d, %d]".formatted(y.rows(), y.columns());
  }

  private static void refuses(
      String one, String other, org.junit.jupiter.api.function.Executable executable) {
    var error = assertThrows(IllegalArgumentException.class, executable);
    assertTrue(error.getMessage().contains(one), error::getMessage);
    assertTrue(error.getMessage().contains(other), error::getMessage);
  }
}
