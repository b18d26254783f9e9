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
    refuses(
        "FLOAT [2, 3] and FLOAT [2, 5] are not of one shape", () -> Blas.addScaled(1, a, result));
    refuses("[3] and FLOAT [2, 5] are not", () -> Blas.addScaled(1, Nd4j.ones(3), result));
    refuses("found an array of shape [3]", () -> Blas.multiply(a, Nd4j.ones(3), result));
  }

  /** With oneDNN and without, in main memory and by ND4J: whole arrays and parts of one. */
  @ParameterizedTest
  @MethodSource("typesAndSizes")
  void noResultIsWrittenOverWhatIsStillToBeRead(DataType type, int n) {
    INDArray all = Nd4j.rand(type, 3 * n, n);
    INDArray before = all.dup();
    INDArray x = rows(all, 0, n);
    INDArray y = rows(all, 2 * n, 3 * n);
    INDArray shifted = rows(all, n - 1, 2 * n - 1);
    INDArray row = rows(all, 0, 1);
    for (INDArray result : new INDArray[] {x, y, shifted, x.transpose()}) {
      for (INDArray[] of : new INDArray[][] {{x, y}, {y, x}}) {
        shared(() -> Blas.multiply(of[0], of[1], result));
        shared(() -> Blas.multiplyTransposedLeft(of[0], of[1], result));
        shared(() -> Blas.multiplyTransposedRight(of[0], of[1], result));
        shared(() -> Blas.affine(of[0], of[1], row.dup(), result));
      }
    }
    INDArray other = y.dup();
    shared(() -> Blas.affine(other, other.dup(), row, x));
    shared(() -> Blas.addToRows(row, x));
    shared(() -> Blas.sumRows(x, row));
    assertEquals(before, all);

    Blas.multiply(x, other, rows(all, n, 2 * n));
    close(rows(before, 0, n).mmul(other), rows(all, n, 2 * n));
    assertEquals(rows(before, 0, n), x);
    assertEquals(other, y);
  }

  static Stream<Arguments> typesAndSizes() {
    return Stream.of(DataType.FLOAT, DataType.DOUBLE)
        .flatMap(type -> Stream.of(4, 70).map(n -> Arguments.of(type, n)));
  }

  @ParameterizedTest
  @MethodSource("typesAndSizes")
  void anArrayMayMeetItselfButNotItsNeighbour(DataType type, int n) {
    INDArray all = Nd4j.rand(type, n + 1, n);
    INDArray before = all.dup();
    INDArray x = rows(all, 0, n);
    for (INDArray y : new INDArray[] {rows(all, 1, n + 1), x.transpose()}) {
      shared(() -> Blas.addScaled(2, x, y));
      shared(() -> Blas.blend(2, x, 3, y));
      shared(() -> Elementwise.multiply(x, y));
      shared(() -> Elementwise.copy(x, y));
    }
    assertEquals(before, all);

    close(rows(before, 0, n).mul(3), scaled(2, x, x));
    close(rows(before, 0, n).mul(15), blended(2, x, 3, rows(all, 0, n)));
  }

  private static INDArray rows(INDArray matrix, int from, int to) {
    return matrix.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  private static void shared(Executable operation) {
    refuses("share memory", operation);
  }

  /** One product that a thread computes, and one for all. */
  @ParameterizedTest
  @MethodSource("typesAndSizes")
  void whatIsNotFiniteInAnAffineMapIsNaN(DataType type, int n) {
    double[] values = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (double value : values) {
      INDArray x = Nd4j.rand(type, n, n);
      INDArray w = Nd4j.rand(type, n, n);
      INDArray b = Nd4j.rand(type, 1, n);
      onlyThereNaN(affine(with(x, 1, 2, value), w, b), 1, -1);
      onlyThereNaN(affine(x, with(w, 1, 2, value), b), -1, 2);
      onlyThereNaN(affine(x, w, with(b, 0, 2, value)), -1, 2);
    }
  }

  @Test
  void aFloatThatIsTooLargeIsNaNButLargeFloatsAreNot() {
    INDArray x = Nd4j.valueArrayOf(new long[] {2, 3}, 1e38, DataType.FLOAT);
    INDArray w = Nd4j.ones(DataType.FLOAT, 3, 2);
    INDArray b = Nd4j.zeros(DataType.FLOAT, 1, 2);
    assertEquals(3e38, affine(x, w, b).getDouble(1, 1), 1e33);
    assertTrue(Double.isNaN(affine(x, w.mul(2), b).getDouble(1, 1)));
  }

  private static INDArray affine(INDArray x, INDArray w, INDArray b) {
    INDArray z = Nd4j.zeros(x.dataType(), x.rows(), w.columns());
    Blas.affine(x, w, b, z);
    return z;
  }

  private static INDArray with(INDArray array, int row, int column, double value) {
    return array.dup().putScalar(row, column, value);
  }

  private static void onlyThereNaN(INDArray z, int row, int column) {
    for (int i = 0; i < z.rows(); i++) {
      for (int j = 0; j < z.columns(); j++) {
        double value = z.getDouble(i, j);
        boolean there = i == row || j == column;
        assertTrue(there ? Double.isNaN(value) : Double.isFinite(value), z::toString);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, 1e39})
  void refusesFactorsThatAreNoNumbers(double factor) {
    INDArray x = Nd4j.ones(DataType.FLOAT, 2, 2);
    refuses("" + factor, () -> Blas.addScaled(factor, x, x.dup()));
    refuses("" + factor, () -> Blas.blend(factor, x, 1, x.dup()));
    refuses("" + factor, () -> Blas.blend(1, x, factor, x.dup()));
  }

  @Test
  void refusesWhatIsEmptyClosedOrOfTwoTypes() {
    INDArray x = Nd4j.ones(DataType.FLOAT, 2, 2);
    INDArray none = Nd4j.zeros(DataType.FLOAT, 0, 2);
    INDArray doubles = Nd4j.ones(DataType.DOUBLE, 2, 2);
    refuses("at least one row", () -> Blas.multiply(none, x, none.dup()));
    refuses("at least one row", () -> Blas.sumRows(none, Nd4j.ones(1, 2)));
    refuses("DOUBLE [2, 2]", () -> Blas.multiply(x, doubles, x.dup()));
    refuses("DOUBLE [2, 2]", () -> Blas.addScaled(1, doubles, x));
    refuses("DOUBLE [2, 2]", () -> Elementwise.copy(doubles, x));
    for (INDArray closed : new INDArray[] {Nd4j.ones(2, 2), Nd4j.ones(DataType.DOUBLE, 2, 2)}) {
      INDArray other = closed.dup();
      closed.close();
      assertThrows(IllegalStateException.class, () -> Blas.multiply(closed, other, other.dup()));
      assertThrows(IllegalStateException.class, () -> Blas.multiply(other, closed, other.dup()));
      assertThrows(IllegalStateException.class, () -> Blas.multiply(other, other, closed));
      assertThrows(IllegalStateException.class, () -> Blas.addScaled(1, closed, other));
      assertThrows(IllegalStateException.class, () -> Elementwise.relu(closed));
      assertThrows(IllegalStateException.class, () -> Elementwise.softmax(closed));
    }
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
