package journey.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class MainMemoryTest {

  @ParameterizedTest
  @CsvSource({"4, 3", "1, 3", "4, 1", "1, 1"})
  void holdsWholeMatricesAndVectors(int rows, int columns) {
    assertTrue(MainMemory.holds(Nd4j.zeros(DataType.FLOAT, rows, columns)));
  }

  @ParameterizedTest
  @CsvSource({"4, 3", "4, 1"})
  void doesNotHoldColumnsOfALargerMatrix(int rows, int columns) {
    INDArray larger = Nd4j.zeros(DataType.FLOAT, rows, columns + 2);
    INDArray part = larger.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 1 + columns));
    assertFalse(MainMemory.holds(part));
  }

  @ParameterizedTest
  @CsvSource({"4, 3", "1, 3"})
  void doesNotHoldEveryOtherColumn(int rows, int columns) {
    INDArray larger = Nd4j.zeros(DataType.FLOAT, rows, 2 * columns);
    INDArray part = larger.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2, 2 * columns));
    assertFalse(MainMemory.holds(part));
  }

  @Test
  void knowsWhereTheElementsOfAViewLie() {
    INDArray whole = Nd4j.arange(12).castTo(DataType.FLOAT).reshape(6, 2);
    INDArray part = whole.get(NDArrayIndex.interval(2, 4), NDArrayIndex.all());
    float[] found = new float[4];
    MainMemory.buffer(part).get(found);

    assertArrayEquals(new float[] {4, 5, 6, 7}, found);
    assertEquals(4, MainMemory.floats(part).capacity());
    assertEquals(MainMemory.address(whole) + 4 * Float.BYTES, MainMemory.address(part));
  }

  @Test
  void knowsWhichArraysShareMemory() {
    INDArray whole = Nd4j.arange(24).castTo(DataType.FLOAT).reshape(6, 4);
    INDArray above = rows(whole, 0, 3);
    INDArray below = rows(whole, 3, 6);
    INDArray middle = rows(whole, 2, 4);
    INDArray square = rows(whole, 0, 4);
    INDArray copy = whole.dup();
    INDArray none = Nd4j.empty(DataType.FLOAT);

    for (INDArray other : new INDArray[] {above, below, middle, whole.transpose(), whole}) {
      assertTrue(MainMemory.overlap(whole, other));
      assertTrue(MainMemory.overlap(other, middle));
    }
    assertFalse(MainMemory.overlap(above, below));
    assertFalse(MainMemory.overlap(below, above));
    assertFalse(MainMemory.overlap(whole, copy));
    assertFalse(MainMemory.overlap(whole, none));

    assertTrue(MainMemory.entangled(rows(whole, 1, 3), middle));
    assertTrue(MainMemory.entangled(square, square.transpose()));
    assertFalse(MainMemory.entangled(whole, whole));
    assertFalse(MainMemory.entangled(middle, rows(whole, 2, 4)));
    assertFalse(MainMemory.entangled(rows(whole, 0, 1), whole.get(NDArrayIndex.interval(0, 1))));
    assertFalse(MainMemory.entangled(above, below));
  }

  private static INDArray rows(INDArray matrix, int from, int to) {
    return matrix.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  @Test
  void doesNotReachIntoGapsOrNothing() {
    INDArray whole = Nd4j.zeros(DataType.FLOAT, 4, 5);
    INDArray columns = whole.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3));
    for (INDArray array :
        new INDArray[] {columns, columns.transpose(), Nd4j.zeros(DataType.FLOAT, 0, 5)}) {
      var error = assertThrows(IllegalArgumentException.class, () -> MainMemory.floats(array));
      assertTrue(error.getMessage().contains("strides"), error::getMessage);
      assertThrows(IllegalArgumentException.class, () -> MainMemory.bytes(array));
    }
    assertEquals(20, MainMemory.floats(whole.transpose()).capacity());
    assertEquals(20, MainMemory.floats(whole.reshape(2, 2, 5)).capacity());
  }

  @Test
  void refusesWhatHasBeenClosed() {
    INDArray closed = Nd4j.zeros(DataType.FLOAT, 4, 5);
    INDArray open = Nd4j.zeros(DataType.FLOAT, 4, 5);
    INDArray part = rows(closed, 1, 3);
    closed.close();
    for (INDArray array : new INDArray[] {closed, part}) {
      for (Executable use :
          new Executable[] {
            () -> MainMemory.address(array),
            () -> MainMemory.floats(array),
            () -> MainMemory.buffer(array),
            () -> MainMemory.bytes(array),
            () -> MainMemory.overlap(open, array),
            () -> MainMemory.entangled(array, open)
          }) {
        var error = assertThrows(IllegalStateException.class, use);
        assertTrue(error.getMessage().contains("has been closed"), error::getMessage);
      }
    }
  }

  @Test
  void readsOnlyFloatsAsFloats() {
    INDArray doubles = Nd4j.zeros(DataType.DOUBLE, 2, 2);
    assertThrows(IllegalArgumentException.class, () -> MainMemory.floats(doubles));
    assertThrows(IllegalArgumentException.class, () -> MainMemory.buffer(doubles));
  }
}
