package journey.nn.kernel;

import static journey.nn.Arrays2D.relativeError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import journey.nn.Arrays2D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class BlasTest {

  /** How an array lies in memory. */
  enum Place {
    PLAIN,
    ROWS_OF_A_LARGER_ONE,
    COLUMNS_OF_A_LARGER_ONE,
    EVERY_OTHER_COLUMN,
    BY_COLUMNS,
    TRANSPOSED;

    INDArray put(INDArray values) {
      long rows = values.rows();
      long columns = values.columns();
      INDArray place =
          switch (this) {
            case PLAIN -> values.like();
            case ROWS_OF_A_LARGER_ONE ->
                larger(values, rows + 5, columns)
                    .get(NDArrayIndex.interval(3, 3 + rows), NDArrayIndex.all());
            case COLUMNS_OF_A_LARGER_ONE ->
                larger(values, rows, columns + 4)
                    .get(NDArrayIndex.all(), NDArrayIndex.interval(2, 2 + columns));
            case EVERY_OTHER_COLUMN ->
                larger(values, rows, 2 * columns)
                    .get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2, 2 * columns));
            case BY_COLUMNS -> Nd4j.create(values.dataType(), new long[] {rows, columns}, 'f');
            case TRANSPOSED -> larger(values, columns, rows).transpose();
          };
      return place.assign(values);
    }

    private static INDArray larger(INDArray values, long rows, long columns) {
      return Nd4j.valueArrayOf(new long[] {rows, columns}, -7, values.dataType());
    }
  }

  static Stream<Arguments> layouts() {
    return Stream.of(DataType.FLOAT, DataType.DOUBLE)
        .flatMap(type -> Stream.of(Place.values()).map(place -> Arguments.of(type, place)));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void productsAreThoseOfPlainNd4j(DataType type, Place place) {
    Random random = Arrays2D.random(1);
    for (int trial = 0; trial < 12; trial++) {
      int least = trial < 10 ? 1 : 65; // 65 * 65 * 65 products are many enough for all threads
      int m = least + random.nextInt(9);
      int k = least + random.nextInt(9);
      int n = trial % 3 == 0 ? 1 : least + random.nextInt(9);
      INDArray a = random(random, type, m, k);
      INDArray b = random(random, type, k, n);
      INDArray product = a.mmul(b);
      for (Place resultPlace : Place.values()) {
        INDArray result = resultPlace.put(product.like());
        result.assign(Double.NaN);
        Blas.multiply(place.put(a), place.put(b), result);
        close(product, result);
        result.assign(Double.NaN);
        Blas.multiplyTransposedLeft(place.put(a.transpose().dup('c')), place.put(b), result);
        close(product, result);
        result.assign(Double.NaN);
        Blas.multiplyTransposedRight(place.put(a), place.put(b.transpose().dup('c')), result);
        close(product, result);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void sumsAreThoseOfPlainNd4j(DataType type, Place place) {
    Random random = Arrays2D.random(2);
    for (int trial = 0; trial < 12; trial++) {
      int rows = 1 + random.nextInt(9);
      int columns = 1 + random.nextInt(9);
      INDArray x = random(random, type, rows, columns);
      INDArray y = random(random, type, rows, columns);
      for (Place other : Place.values()) {
        same(x, y, place, other, (a, b) -> blended(0.3, a, -2, b), x.mul(0.3).addi(y.mul(-2)));
        same(x, y, place, other, (a, b) -> blended(0.3, a, 0, b), x.mul(0.3));
        same(x, y, place, other, (a, b) -> scaled(0.3, a, b), x.mul(0.3).addi(y));
      }
      assertEquals(
          x.norm1Number().doubleValue(), Blas.absoluteSum(place.put(x)), 1e-5 * rows * columns);
    }
  }

  /** Of a layer: one that a thread computes, and one large enough for all. */
  @ParameterizedTest
  @MethodSource("layouts")
  void anAffineMapIsThatOfPlainNd4j(DataType type, Place place) {
    Random random = Arrays2D.random(5);
    for (int[] sizes :
        new int[][] {{1, 1, 1}, {5, 4, 3}, {64, 70, 65}, {65, 1_000, 7}, {1, 700, 400}}) {
      INDArray x = random(random, type, sizes[0], sizes[1]);
      INDArray w = random(random, type, sizes[1], sizes[2]);
      INDArray b = random(random, type, 1, sizes[2]);
      for (Place resultPlace : Place.values()) {
        INDArray z = resultPlace.put(Nd4j.valueArrayOf(new long[] {sizes[0], sizes[2]}, 7, type));
        Blas.affine(place.put(x), place.put(w), place.put(b), z);
        close(x.mmul(w).addRowVector(b), z);
      }
    }
  }

  /** As a layer does with its biases: one row, and all rows of a batch. */
  @ParameterizedTest
  @MethodSource("layouts")
  void aRowMeetsAllRows(DataType type, Place place) {
    Random random = Arrays2D.random(4);
    for (int[] shape : new int[][] {{1, 1}, {7, 3}, {5, 1}, {1, 9}, {64, 512}, {3, 1_500}}) {
      INDArray x = random(random, type, shape[0], shape[1]);
      INDArray row = random(random, type, 1, shape[1]);
      INDArray sums = place.put(row);
      Blas.sumRows(place.put(x), sums);
      close(x.sum(true, 0), sums);
      INDArray y = place.put(x);
      Blas.addToRows(place.put(row), y);
      close(x.addRowVector(row), y);
    }
  }

  /** More than a piece, with a short last one, and by several threads. */
  @ParameterizedTest
  @CsvSource({"1, 2500", "1000, 600"})
  void longSumsAreThoseOfPlainNd4j(int rows, int columns) {
    Random random = Arrays2D.random(3);
    INDArray x = random(random, DataType.FLOAT, rows, columns);
    INDArray y = random(random, DataType.FLOAT, rows, columns);
    close(x.mul(0.3).addi(y.mul(-2)), blended(0.3, x, -2, y.dup()));
    close(x.mul(0.3), blended(0.3, x, 0, y.dup()));
    close(x.mul(0.3).addi(y), scaled(0.3, x, y.dup()));
  }

  /** Subnormal numbers would be right, but take some processors a hundred times as long. */
  @ParameterizedTest
  @ValueSource(doubles = {0.9, 0.999})
  void whatFadesAwayDoesNotBecomeSubnormal(double share) {
    INDArray nothing = Nd4j.zeros(DataType.FLOAT, 1, 3);
    INDArray y = Nd4j.createFromArray(new float[][] {{1, -1, 1e-20f}});
    for (int i = 0; i < 100_000; i++) {
      Blas.blend(1, nothing, share, y);
    }
    for (float value : y.toFloatVector()) {
      assertTrue(value == 0 || Math.abs(value * share) >= Float.MIN_NORMAL, y::toString);
      assertEquals(0, value, 1e-25);
    }
  }

  private static INDArray blended(double alpha, INDArray x, double beta, INDArray y) {
    Blas.blend(alpha, x, beta, y);
    return y;
  }

  private static INDArray scaled(double alpha, INDArray x, INDArray y) {
    Blas.addScaled(alpha, x, y);
    return y;
  }

  private static void same(
      INDArray x,
      INDArray y,
      Place place,
      Place other,
      BinaryOperator<INDArray> operation,
      INDArray expected) {
    INDArray there = place.put(x);
    close(expected, operation.apply(there, other.put(y)));
    assertEquals(x, there);
  }

  @ParameterizedTest
  @EnumSource
  void writesNothingBesideTheResult(Place place) {
    INDArray whole = Nd4j.valueArrayOf(new long[] {6, 5}, 3, DataType.FLOAT);
    INDArray middle = whole.get(NDArrayIndex.interval(2, 4), NDArrayIndex.all());
    Blas.multiply(place.put(Nd4j.ones(2, 4)), place.put(Nd4j.ones(4, 5)), middle);
    Blas.addScaled(1, place.put(Nd4j.ones(2, 5)), middle);
    assertEquals(5.0 * 10, middle.sumNumber().doubleValue());
    assertEquals(3.0 * 20 + 5 * 10, whole.sumNumber().doubleValue());
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void anAbsoluteSumTellsWhatIsNotFinite(DataType type) {
    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      for (int at : new int[] {0, 500, 3_000}) {
        INDArray x = Nd4j.ones(type, 60, 60);
        x.putScalar(at, value);
        assertFalse(Double.isFinite(Blas.absoluteSum(x)));
        assertFalse(Double.isFinite(Blas.absoluteSum(x.reshape(3_600))));
      }
    }
  }

  @Test
  void refusesShapesThatDoNotFitAndNamesThem() {
    INDArray a = Nd4j.ones(2, 3);
    INDArray b = Nd4j.ones(4, 5);
    INDArray result = Nd4j.ones(2, 5);
    refuses("[2, 3] times [4, 5] does not give [2, 5]", () -> Blas.multiply(a, b, result));
    refuses(
        "[3, 2] times [4, 5] does not give [2, 5]",
        () -> Blas.multiplyTransposedLeft(a, b, result));
    refuses(
        "[2, 3] times [5, 4] does not give [2, 5]",
        () -> Blas.multiplyTransposedRight(a, b, result));
    refuses("[2, 3] times [4, 5]", () -> Blas.affine(a, b, Nd4j.ones(1, 5), result));
    refuses("[1, 4] is not a row of", () -> Blas.affine(a, b, Nd4j.ones(1, 4), result));
    refuses("[2, 5] is not a row of [2, 5]", () -> Blas.addToRows(result, result));
    refuses("[1, 3] is not a row of [2, 5]", () -> Blas.sumRows(result, Nd4j.ones(1, 3)));
    refuses("[2, 3] and [2, 5] are not of one shape", () -> Blas.addScaled(1, a, result));
    refuses("[3] and [2, 5] are not", () -> Blas.addScaled(1, Nd4j.ones(3), result));
    refuses("found an array of shape [3]", () -> Blas.multiply(a, Nd4j.ones(3), result));
  }

  private static void refuses(String message, Executable operation) {
    var error = assertThrows(IllegalArgumentException.class, operation);
    assertTrue(error.getMessage().contains(message), error::getMessage);
  }

  private static INDArray random(Random random, DataType type, int rows, int columns) {
    return random.nextGaussian(new int[] {rows, columns}).castTo(type);
  }

  private static void close(INDArray expected, INDArray actual) {
    double tolerance = expected.dataType() == DataType.FLOAT ? 1e-5 : 1e-12;
    double error = relativeError(expected.dup('c'), actual.dup('c'));
    assertTrue(error < tolerance, () -> error + "\n" + expected + "\n" + actual);
  }
}
