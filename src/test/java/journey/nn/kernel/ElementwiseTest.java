package journey.nn.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import journey.nn.Arrays2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ElementwiseTest {

  static Stream<Arguments> functions() {
    return Stream.of(
        function(Elementwise::relu, z -> Math.max(z, 0)),
        function(Elementwise::step, a -> a > 0 ? 1 : 0),
        function(Elementwise::sigmoid, z -> 1 / (1 + Math.exp(-z))),
        function(Elementwise::timesOneMinus, a -> a * (1 - a)));
  }

  private static Arguments function(UnaryOperator<INDArray> ours, DoubleUnaryOperator formula) {
    return Arguments.of(ours, formula);
  }

  /** Long enough for several threads and a short last chunk, float and double, 'c' and 'f'. */
  @ParameterizedTest
  @MethodSource("functions")
  void computesItsFormula(UnaryOperator<INDArray> ours, DoubleUnaryOperator formula) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray x =
          Arrays2D.random(1).nextGaussian(new int[] {501, 401}).muli(4).castTo(type).dup('c');
      x.putScalar(3, 0);
      x.putScalar(4, -0.0);
      x.putScalar(5, Float.MIN_VALUE);
      x.putScalar(6, -Float.MIN_VALUE);
      x.putScalar(7, Float.MAX_VALUE / 4);
      for (char order : new char[] {'c', 'f'}) {
        INDArray y = x.dup(order);
        assertSame(y, ours.apply(y));
        for (int i = 0; i < 501; i++) {
          for (int j = 0; j < 401; j++) {
            double expected = formula.applyAsDouble(x.getDouble(i, j));
            double tolerance = Math.max(1, Math.abs(expected)) * 2e-7;
            assertEquals((float) expected, y.getFloat(i, j), tolerance);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void keepsInfinityAndNotANumberWhereTheFormulaDoes(
      UnaryOperator<INDArray> ours, DoubleUnaryOperator formula) {
    float[] values = {Float.NaN, Float.POSITIVE_INFINITY, 1};
    INDArray y = ours.apply(Nd4j.createFromArray(new float[][] {values}));
    assertTrue(Double.isNaN(y.getDouble(0)), y::toString);
    assertEquals(formula.applyAsDouble(values[1]), y.getDouble(1));
    assertEquals(formula.applyAsDouble(1), y.getDouble(2), 1e-7);
  }

  @Test
  void everyRowOfASoftmaxIsThatOfTheFormula() {
    for (int[] shape : new int[][] {{64, 10}, {1, 1}, {3, 1_500}, {300, 7}}) {
      INDArray z = Arrays2D.random(2).nextGaussian(shape).muli(5).castTo(DataType.FLOAT);
      z.putScalar(0, 0, 200);
      INDArray a = Elementwise.softmax(z.dup());
      for (int row = 0; row < shape[0]; row++) {
        double sum = 0;
        for (int i = 0; i < shape[1]; i++) {
          sum += Math.exp(z.getDouble(row, i) - z.getRow(row).maxNumber().doubleValue());
        }
        for (int i = 0; i < shape[1]; i++) {
          double power = Math.exp(z.getDouble(row, i) - z.getRow(row).maxNumber().doubleValue());
          assertEquals(power / sum, a.getDouble(row, i), 5e-7);
        }
      }
    }
  }

  @Test
  void aSoftmaxOfWhatIsNotFiniteIsNotFinite() {
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      INDArray a = Elementwise.softmax(Nd4j.createFromArray(new float[][] {{1, value}, {1, 1}}));
      assertTrue(Double.isNaN(a.getDouble(0, 1)), a::toString);
      assertEquals(0.5, a.getDouble(1, 1), 1e-7);
    }
  }

  /** ND4J's softmax of nothing would end the process. */
  @Test
  void nothingComesOutOfNothing() {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray none = Nd4j.zeros(type, 0, 3);
      for (INDArray result :
          new INDArray[] {
            Elementwise.relu(none),
            Elementwise.step(none),
            Elementwise.sigmoid(none),
            Elementwise.timesOneMinus(none),
            Elementwise.softmax(none),
            Elementwise.multiply(none, none.dup()),
            Elementwise.copy(none, none.dup())
          }) {
        assertArrayEquals(new long[] {0, 3}, result.shape());
      }
    }
  }

  @Test
  void multipliesAndCopies() {
    INDArray x = Arrays2D.random(3).nextGaussian(new int[] {30, 401}).castTo(DataType.FLOAT);
    INDArray y = Arrays2D.random(4).nextGaussian(new int[] {30, 401}).castTo(DataType.FLOAT);
    INDArray product = x.mul(y);
    for (char order : new char[] {'c', 'f'}) {
      INDArray changed = y.dup(order);
      assertEquals(product, Elementwise.multiply(changed, x));
      assertEquals(x, Elementwise.copy(x, changed));
    }
    assertThrows(IllegalArgumentException.class, () -> Elementwise.copy(x, Nd4j.ones(30, 400)));
    assertThrows(IllegalArgumentException.class, () -> Elementwise.multiply(Nd4j.ones(1, 401), x));
  }
}
