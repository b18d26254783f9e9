package journey.nn;

import static journey.nn.Arrays2D.gaussian;
import static journey.nn.Arrays2D.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DropoutTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.8})
  void dropsItsShareAndStrengthensTheRest(double probability) {
    int n = 200 * 100;
    Dropout dropout = new Dropout(100, probability, random(1));
    INDArray a = dropout.forward(Nd4j.ones(DataType.FLOAT, 200, 100), true);
    double dropped = 0;
    for (float value : a.dup().data().asFloat()) {
      assertTrue(value == 0 || Math.abs(value - 1 / (1 - probability)) < 1e-6, "" + value);
      dropped += value == 0 ? 1.0 / n : 0;
    }
    double deviation = Math.sqrt(probability * (1 - probability) / n);
    assertEquals(probability, dropped, 4 * deviation);
  }

  @Test
  void passesGradientsWhereItLetValuesPass() {
    Dropout dropout = new Dropout(6, 0.5, DataType.DOUBLE, random(2));
    INDArray x = gaussian(random(3), 4, 6);
    INDArray before = x.dup();
    INDArray mask = dropout.forward(x, true).div(x);
    INDArray c = gaussian(random(4), 4, 6);
    dropout.backward(c.dup());
    assertTrue(Arrays2D.relativeError(c.mul(mask), dropout.inputGradient()) < 1e-12);
    assertEquals(before, x);
  }

  @Test
  void drawsAnotherMaskForEachBatchAndTheSameOnesForASeed() {
    Dropout one = new Dropout(50, 0.5, random(5));
    Dropout same = new Dropout(50, 0.5, random(5));
    INDArray x = Nd4j.ones(DataType.FLOAT, 10, 50);
    INDArray last = null;
    for (int batch = 0; batch < 3; batch++) {
      INDArray mask = one.forward(x, true).dup();
      assertEquals(mask, same.forward(x, true));
      assertNotEquals(last, mask);
      last = mask;
    }
  }

  @Test
  void doesNothingOutsideTraining() {
    Dropout dropout = new Dropout(6, 0.5, DataType.DOUBLE, random(2));
    INDArray x = gaussian(random(3), 4, 6);
    INDArray c = gaussian(random(4), 4, 6);
    dropout.forward(x, true);
    assertSame(x, dropout.forward(x, false));
    dropout.backward(c);
    assertSame(c, dropout.inputGradient());
    assertEquals(List.of(), dropout.parameters());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusesAStrangeShare(double probability) {
    var error =
        assertThrows(IllegalArgumentException.class, () -> new Dropout(3, probability, random(1)));
    assertTrue(error.getMessage().contains("" + probability), error::getMessage);
  }
}
