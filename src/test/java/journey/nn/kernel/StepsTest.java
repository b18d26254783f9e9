package journey.nn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class StepsTest {

  /** Five sequences of three vectors of two numbers. */
  private final INDArray x = Nd4j.arange(30).castTo(DataType.FLOAT).reshape('c', 5, 6);

  @Test
  void aStepHoldsTheVectorsOfAllExamples() {
    Steps steps = Steps.of(x, 2);
    assertEquals(new Steps(5, 3, 2), steps);
    INDArray byStep = Nd4j.zeros(DataType.FLOAT, 15, 2);
    steps.toSteps(x, byStep);
    for (int t = 0; t < 3; t++) {
      INDArray expected = x.get(NDArrayIndex.all(), NDArrayIndex.interval(2L * t, 2L * t + 2));
      assertEquals(expected, steps.at(byStep, t));
    }
    INDArray lastTwo = steps.between(byStep, 1, 3).dup();
    assertEquals(new Steps(5, 2, 2).at(lastTwo, 1), steps.at(byStep, 2));
    INDArray back = Nd4j.zeros(DataType.FLOAT, 5, 6);
    steps.toExamples(byStep, back);
    assertEquals(x, back);
  }

  @Test
  void onlyZerosArePadding() {
    INDArray vectors =
        Nd4j.createFromArray(new double[][] {{0, 0}, {1, -1}, {0, 0}, {0, -1e-9}, {2, 3}});
    assertEquals(
        Nd4j.createFromArray(new double[][] {{0}, {1}, {0}, {1}, {1}}), Steps.present(vectors));
  }

  @Test
  void refusesPartsOfVectors() {
    assertThrows(IllegalArgumentException.class, () -> Steps.of(x, 4));
    assertThrows(IllegalArgumentException.class, () -> Steps.of(Nd4j.zeros(2, 2, 2), 2));
  }
}
