package journey.nn;

import static journey.nn.Arrays2D.assertGradient;
import static journey.nn.Arrays2D.gaussian;
import static journey.nn.Arrays2D.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PenaltyTest {

  @ParameterizedTest
  @CsvSource({"0.3, 0", "0, 0.7", "0.01, 0.02"})
  void gradientAgreesWithCentralDifferences(double l1, double l2) {
    Penalty penalty = new Penalty(l1, l2);
    var random = random(1);
    for (int trial = 0; trial < 10; trial++) {
      INDArray w = gaussian(random, 1 + random.nextInt(8), 1 + random.nextInt(8));
      INDArray gradient = w.like();
      penalty.addGradient(w, gradient);
      assertGradient(penalty.toString(), () -> penalty.value(w), w, gradient);
    }
  }

  @Test
  void addsToTheGradientThatIsThere() {
    INDArray w = Nd4j.createFromArray(new double[][] {{2, -4, 0}});
    INDArray gradient = Nd4j.createFromArray(new double[][] {{1, 1, 1}});
    new Penalty(0.5, 0.25).addGradient(w, gradient);
    assertEquals(Nd4j.createFromArray(new double[][] {{2, -0.5, 1}}), gradient);
    assertEquals(0.5 * 6 + 0.125 * 20, new Penalty(0.5, 0.25).value(w), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, -1", "NaN, 0", "0, NaN", "Infinity, 0", "0, Infinity"})
  void refusesPricesThatAreNone(double l1, double l2) {
    var error = assertThrows(IllegalArgumentException.class, () -> new Penalty(l1, l2));
    assertTrue(error.getMessage().contains("l1 is %s and l2 is %s".formatted(l1, l2)));
  }

  @Test
  void noneCostsNothing() {
    INDArray w = gaussian(random(1), 5, 3);
    INDArray gradient = w.dup();
    Penalty.NONE.addGradient(w, gradient);
    assertEquals(w, gradient);
    assertEquals(0, Penalty.NONE.value(w));
  }
}
