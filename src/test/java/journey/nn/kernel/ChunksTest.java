package journey.nn.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ChunksTest {

  private final INDArray whole = Nd4j.arange(12).castTo(DataType.FLOAT).reshape(4, 3);

  @Test
  void computesWithArraysThatFit() {
    INDArray sum = whole.dup();
    Chunks.forEach(1, ChunksTest::add, sum, whole);
    Chunks.forEach(1, ChunksTest::add, sum, sum);
    assertArrayEquals(whole.mul(4).toFloatMatrix(), sum.toFloatMatrix());
  }

  private static void add(float[][] chunks, int n) {
    for (int i = 0; i < n; i++) {
      chunks[0][i] += chunks[1][i];
    }
  }

  @Test
  void refusesArraysThatDoNotFit() {
    for (INDArray other :
        new INDArray[] {
          Nd4j.ones(DataType.FLOAT, 4, 2),
          Nd4j.ones(DataType.DOUBLE, 4, 3),
          Nd4j.ones(DataType.FLOAT, 12),
          whole.dup('f'),
          Nd4j.zeros(DataType.FLOAT, 0, 3)
        }) {
      var error =
          assertThrows(
              IllegalArgumentException.class,
              () -> Chunks.forEach(1, ChunksTest::add, other, whole));
      assertTrue(error.getMessage().contains(Shapes.describe(other)), error::getMessage);
    }
  }

  @Test
  void refusesToChangeWhatIsStillToBeRead() {
    INDArray above = whole.get(NDArrayIndex.interval(0, 3), NDArrayIndex.all());
    INDArray below = whole.get(NDArrayIndex.interval(1, 4), NDArrayIndex.all());
    assertThrows(
        IllegalArgumentException.class, () -> Chunks.forEach(1, ChunksTest::add, above, below));
  }
}
