package journey.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import journey.data.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class RowTransferTest {

  @ParameterizedTest
  @EnumSource
  void gathersAnyRowsOfAnyMatrix(RowTransfer transfer) {
    Property.holds(
        random -> {
          INDArray source = sourceOf(random);
          int[] rows = random.ints(5 + random.nextInt(20), 0, source.rows()).toArray();
          int from = random.nextInt(rows.length);
          int count = 1 + random.nextInt(rows.length - from);
          INDArray target =
              Nd4j.createUninitialized(source.dataType(), count, source.columns()).assign(-7);

          transfer.gather(source, rows, from, target);

          float[] values = new float[count * source.columns()];
          if (source.dataType() == DataType.FLOAT) {
            transfer.gather(source, rows, from, values);
            assertArrayEquals(target.dup().data().asFloat(), values);
          }
          for (int i = 0; i < count; i++) {
            for (int column = 0; column < source.columns(); column++) {
              assertEquals(
                  source.getDouble(rows[from + i], column), target.getDouble(i, column), 0);
            }
          }
        });
  }

  /** Float32 or double; a whole array or some rows of a larger one. */
  private static INDArray sourceOf(Random random) {
    int rows = 2 + random.nextInt(30);
    int columns = 1 + random.nextInt(40);
    DataType type = random.nextBoolean() ? DataType.FLOAT : DataType.DOUBLE;
    INDArray whole = Nd4j.rand(type, rows + 3, columns);
    return random.nextBoolean()
        ? whole
        : whole.get(NDArrayIndex.interval(2, 2 + rows), NDArrayIndex.all());
  }

  @ParameterizedTest
  @EnumSource
  void putsRowsWhereTheyBelong(RowTransfer transfer) {
    INDArray target = Nd4j.zeros(DataType.FLOAT, 5, 2);

    transfer.put(new float[] {1, 2, 3, 4}, target, 2);

    assertArrayEquals(new float[] {0, 0, 0, 0, 1, 2, 3, 4, 0, 0}, target.data().asFloat());
  }

  @ParameterizedTest
  @EnumSource
  void getsARowOfAnyMatrix(RowTransfer transfer) {
    INDArray rows =
        Nd4j.arange(12)
            .castTo(DataType.FLOAT)
            .reshape(6, 2)
            .get(NDArrayIndex.interval(1, 5), NDArrayIndex.all());
    float[] values = new float[2];

    transfer.get(rows, 2, values);

    assertArrayEquals(new float[] {6, 7}, values);
  }

  @ParameterizedTest
  @EnumSource
  void noRowOutsideOfAnArrayIsTouched(RowTransfer transfer) {
    INDArray floats = Nd4j.zeros(DataType.FLOAT, 3, 2);
    float[] two = new float[2];
    int[] rows = {0, 2, 1};
    for (int outside : new int[] {-1, 3}) {
      outOfBounds(() -> transfer.put(two, floats, outside));
      outOfBounds(() -> transfer.get(floats, outside, two));
      outOfBounds(() -> transfer.gather(floats, new int[] {0, outside, 1}, 0, floats));
      outOfBounds(() -> transfer.gather(floats, new int[] {0, outside}, 0, new float[4]));
    }
    outOfBounds(() -> transfer.put(new float[4], floats, 2));
    outOfBounds(() -> transfer.gather(floats, rows, 1, floats));
    outOfBounds(() -> transfer.gather(floats, rows, -1, floats));
    outOfBounds(() -> transfer.gather(floats, rows, 2, new float[4]));
  }

  private static void outOfBounds(Executable transfer) {
    assertThrows(IndexOutOfBoundsException.class, transfer);
  }

  @ParameterizedTest
  @EnumSource
  void valuesMustFillWholeRowsOfTheRightTypeAndLayout(RowTransfer transfer) {
    INDArray floats = Nd4j.zeros(DataType.FLOAT, 3, 2);
    float[] two = new float[2];
    int[] rows = {0, 2, 1};
    for (int wrong : new int[] {1, 3}) {
      refuses(() -> transfer.put(new float[wrong], floats, 0));
      refuses(() -> transfer.get(floats, 0, new float[wrong]));
      refuses(() -> transfer.gather(floats, rows, 0, new float[wrong]));
      refuses(() -> transfer.gather(floats, rows, 0, Nd4j.zeros(DataType.FLOAT, 3, wrong)));
    }
    INDArray doubles = Nd4j.zeros(DataType.DOUBLE, 3, 2);
    refuses(() -> transfer.gather(floats, rows, 0, doubles));
    for (INDArray other : new INDArray[] {doubles, floats.dup('f'), Nd4j.zeros(6)}) {
      refuses(() -> transfer.put(two, other, 0));
      refuses(() -> transfer.get(other, 0, two));
      refuses(() -> transfer.gather(other, rows, 0, two));
    }
    refuses(() -> transfer.gather(floats.dup('f'), rows, 0, floats));
    refuses(() -> transfer.gather(floats, rows, 0, floats.dup('f')));
  }

  @ParameterizedTest
  @EnumSource
  void arraysMustBeMatricesWithElements(RowTransfer transfer) {
    float[] two = new float[2];
    int[] rows = {0, 0};
    INDArray floats = Nd4j.zeros(DataType.FLOAT, 2, 2);
    for (INDArray other :
        new INDArray[] {
          Nd4j.zeros(DataType.FLOAT, 2, 0),
          Nd4j.zeros(DataType.FLOAT, 0, 2),
          Nd4j.zeros(DataType.FLOAT, 2, 2, 2),
          Nd4j.scalar(1f)
        }) {
      refuses(() -> transfer.put(two, other, 0));
      refuses(() -> transfer.get(other, 0, two));
      refuses(() -> transfer.gather(other, rows, 0, two));
      refuses(() -> transfer.gather(other, rows, 0, floats));
      refuses(() -> transfer.gather(floats, rows, 0, other));
    }
  }

  @ParameterizedTest
  @EnumSource
  void noArrayIsGatheredFromItself(RowTransfer transfer) {
    INDArray whole = Nd4j.arange(12).castTo(DataType.FLOAT).reshape(6, 2);
    INDArray above = whole.get(NDArrayIndex.interval(0, 4), NDArrayIndex.all());
    INDArray below = whole.get(NDArrayIndex.interval(4, 6), NDArrayIndex.all());
    int[] rows = {3, 2, 1, 0, 0, 0};
    INDArray before = whole.dup();

    refuses(() -> transfer.gather(whole, rows, 0, whole));
    refuses(() -> transfer.gather(above, rows, 0, whole));
    refuses(() -> transfer.gather(whole, rows, 0, above));
    assertEquals(before, whole);

    transfer.gather(above, rows, 0, below);
    assertArrayEquals(new float[] {6, 7, 4, 5}, below.dup().data().asFloat());
  }

  @ParameterizedTest
  @EnumSource
  void whatHasBeenClosedIsNeitherReadNorWritten(RowTransfer transfer) {
    float[] two = new float[2];
    int[] rows = {0, 1};
    INDArray open = Nd4j.zeros(DataType.FLOAT, 2, 2);
    INDArray closed = Nd4j.zeros(DataType.FLOAT, 2, 2);
    closed.close();
    for (Executable use :
        new Executable[] {
          () -> transfer.put(two, closed, 0),
          () -> transfer.get(closed, 0, two),
          () -> transfer.gather(closed, rows, 0, two),
          () -> transfer.gather(closed, rows, 0, open),
          () -> transfer.gather(open, rows, 0, closed)
        }) {
      assertThrows(IllegalStateException.class, use);
    }
  }

  /** So many that the number of a row times that of the parts is no int. */
  @Test
  void gathersMillionsOfRows() {
    int count = 8_000_000;
    INDArray target = Nd4j.zeros(DataType.FLOAT, count, 1);
    RowTransfer.MAIN_MEMORY.gather(Nd4j.ones(DataType.FLOAT, 1, 1), new int[count], 0, target);
    assertEquals(count, target.castTo(DataType.DOUBLE).sumNumber().doubleValue());
    target.close();
  }

  private static void refuses(Executable transfer) {
    assertThrows(IllegalArgumentException.class, transfer);
  }

  @Test
  void copiesOnlyWhatDoesNotLieRowAfterRow() {
    INDArray matrix = Nd4j.rand(DataType.FLOAT, 6, 4);
    INDArray rows = matrix.get(NDArrayIndex.interval(1, 4), NDArrayIndex.all());
    INDArray columns = matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3));

    assertSame(matrix, RowTransfer.contiguous(matrix));
    assertSame(rows, RowTransfer.contiguous(rows));
    for (INDArray scattered : new INDArray[] {columns, matrix.transpose(), matrix.dup('f')}) {
      INDArray copy = RowTransfer.contiguous(scattered);
      assertNotSame(scattered, copy);
      assertEquals(scattered, copy);
      assertArrayEquals(new long[] {scattered.columns(), 1}, copy.stride());
    }
  }
}
