package journey.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
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
  void readsOnlyFloatsAsFloats() {
    INDArray doubles = Nd4j.zeros(DataType.DOUBLE, 2, 2);
    assertThrows(IllegalArgumentException.class, () -> MainMemory.floats(doubles));
    assertThrows(IllegalArgumentException.class, () -> MainMemory.buffer(doubles));
  }
}
