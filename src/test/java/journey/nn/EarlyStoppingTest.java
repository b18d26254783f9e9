package journey.nn;

import static journey.nn.Arrays2D.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

  private final Network network =
      new Network(
          new MeanSquaredError(),
          new DenseLayer(3, 2, new Tanh(), new Glorot(), random(1)),
          new DenseLayer(2, 1, new Identity(), new Glorot(), random(2)));

  @Test
  void bringsTheBestParametersBack() {
    EarlyStopping stopping = new EarlyStopping(network, 2);
    double[] scores = {0.2, 0.5, 0.4, 0.6, 0.6, 0.1};
    boolean[] goOn = {true, true, true, true, true, false};
    for (int epoch = 1; epoch <= scores.length; epoch++) {
      network.parameters().forEach(parameter -> parameter.value().addi(1));
      double sum = sum();
      assertEquals(goOn[epoch - 1], stopping.goOnAfter(epoch, scores[epoch - 1]), "" + epoch);
      assertEquals(sum, sum());
    }
    double last = sum();
    int numbers = 3 * 2 + 2 + 2 + 1;
    assertEquals(4, stopping.bestEpoch());
    assertEquals(0.6, stopping.bestScore());
    stopping.restoreBest();
    assertEquals(last - 2 * numbers, sum(), 1e-4);
    network.parameters().forEach(parameter -> parameter.value().addi(1));
    stopping.restoreBest();
    assertEquals(last - 2 * numbers, sum(), 1e-4);
  }

  @Test
  void whatIsNotANumberIsNeverTheBest() {
    EarlyStopping stopping = new EarlyStopping(network, 2);
    double before = sum();
    assertTrue(stopping.goOnAfter(1, Double.NaN));
    assertFalse(stopping.goOnAfter(2, Double.NaN));
    stopping.restoreBest();
    assertEquals(before, sum());
    assertEquals(0, stopping.bestEpoch());
  }

  @Test
  void refusesToHaveNoPatience() {
    var error = assertThrows(IllegalArgumentException.class, () -> new EarlyStopping(network, 0));
    assertTrue(error.getMessage().contains("0"), error::getMessage);
  }

  private double sum() {
    return network.parameters().stream()
        .mapToDouble(parameter -> parameter.value().sumNumber().doubleValue())
        .sum();
  }
}
