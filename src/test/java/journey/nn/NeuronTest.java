package journey.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

class NeuronTest {

  @RepeatedTest(20)
  void gradientAgreesWithCentralDifferences(RepetitionInfo repetition) {
    Random random = random(repetition.getCurrentRepetition());
    int batch = 1 + random.nextInt(40);
    int features = 1 + random.nextInt(60);
    INDArray x = gaussian(random, batch, features);
    INDArray y = gaussian(random, batch, 1).gt(0).castTo(DataType.DOUBLE);
    Neuron neuron = new Neuron(features, DataType.DOUBLE);
    neuron.weights().assign(gaussian(random, features, 1));
    neuron.bias().assign(0.3);

    Neuron.Gradient gradient = neuron.gradient(x, y);
    var weights = check(neuron, x, y, neuron.weights(), gradient.w());
    var bias = check(neuron, x, y, neuron.bias(), gradient.b());
    assertTrue(weights.maxRelativeError() < 1e-6, () -> "weights " + weights.maxRelativeError());
    assertTrue(bias.maxRelativeError() < 1e-6, () -> "bias " + bias.maxRelativeError());
  }

  @Test
  void theClassicSlipWouldBeFound() {
    Random random = random(5);
    INDArray x = gaussian(random, 30, 10);
    INDArray y = gaussian(random, 30, 1).gt(0).castTo(DataType.DOUBLE);
    Neuron neuron = new Neuron(10, DataType.DOUBLE);
    INDArray a = neuron.activate(x);
    INDArray slip = a.sub(y).muli(a).muli(a.rsub(1));
    INDArray wrong = x.transpose().mmul(slip).divi(30);
    assertTrue(check(neuron, x, y, neuron.weights(), wrong).maxRelativeError() > 0.1);
  }

  @Test
  void computesWhatTheFormulasSay() {
    Neuron neuron = new Neuron(2, DataType.DOUBLE);
    neuron.weights().assign(Nd4j.createFromArray(2.0, -1.0).reshape(2, 1));
    neuron.bias().assign(0.5);
    INDArray x = Nd4j.createFromArray(new double[][] {{1, 3}, {0.5, 0}});
    INDArray y = Nd4j.createFromArray(new double[][] {{1}, {0}});
    assertEquals(-0.5, neuron.logits(x).getDouble(0), 1e-12);
    assertEquals(1.5, neuron.logits(x).getDouble(1), 1e-12);
    double a0 = 1 / (1 + Math.exp(0.5));
    double a1 = 1 / (1 + Math.exp(-1.5));
    assertEquals(a0, neuron.activate(x).getDouble(0), 1e-12);
    assertEquals((-Math.log(a0) - Math.log(1 - a1)) / 2, neuron.loss(x, y), 1e-12);
    Neuron.Gradient gradient = neuron.gradient(x, y);
    assertEquals(((a0 - 1) * 1 + a1 * 0.5) / 2, gradient.w().getDouble(0), 1e-12);
    assertEquals((a0 - 1) * 3 / 2, gradient.w().getDouble(1), 1e-12);
    assertEquals((a0 - 1 + a1) / 2, gradient.b().getDouble(0), 1e-12);
  }

  @Test
  void lossStaysFiniteForHugeLogits() {
    Neuron neuron = new Neuron(1, DataType.FLOAT);
    neuron.weights().assign(1);
    INDArray x = Nd4j.createFromArray(new float[][] {{100}, {-100}});
    INDArray right = Nd4j.createFromArray(new float[][] {{1}, {0}});
    INDArray wrong = Nd4j.createFromArray(new float[][] {{0}, {1}});
    assertEquals(0, neuron.loss(x, right), 1e-6);
    assertEquals(100, neuron.loss(x, wrong), 1e-4);
  }

  @Test
  void learnsWhatOneLineCanSeparate() {
    Random random = random(11);
    INDArray x = gaussian(random, 200, 5).castTo(DataType.FLOAT);
    INDArray y = x.getColumn(2, true).gt(0.2).castTo(DataType.FLOAT);
    Neuron neuron = new Neuron(5, DataType.FLOAT);
    double before = neuron.loss(x, y);
    for (int step = 0; step < 300; step++) {
      neuron.step(x, y, 1.0);
    }
    assertEquals(Math.log(2), before, 1e-6);
    assertTrue(neuron.loss(x, y) < 0.2, () -> "loss " + neuron.loss(x, y));
  }

  @Test
  void aCopyGoesItsOwnWay() {
    Neuron neuron = new Neuron(3, DataType.FLOAT);
    Neuron copy = neuron.copy();
    neuron.step(Nd4j.ones(4, 3), Nd4j.ones(4, 1), 0.1);
    assertEquals(0, copy.weights().sumNumber().doubleValue());
    assertTrue(neuron.weights().sumNumber().doubleValue() > 0);
  }

  @Test
  void refusesShapesThatDoNotFit() {
    Neuron neuron = new Neuron(3, DataType.FLOAT);
    assertThrows(RuntimeException.class, () -> neuron.activate(Nd4j.ones(4, 2)));
    assertThrows(RuntimeException.class, () -> neuron.step(Nd4j.ones(4, 3), Nd4j.ones(5, 1), 0.1));
    assertThrows(RuntimeException.class, () -> neuron.step(Nd4j.ones(4, 3), Nd4j.ones(4), 0.1));
  }

  private static GradientCheck check(
      Neuron neuron, INDArray x, INDArray y, INDArray parameters, INDArray gradient) {
    return GradientCheck.of(() -> neuron.loss(x, y), parameters, gradient, 25, 1);
  }

  private static Random random(long seed) {
    return Nd4j.getRandomFactory().getNewRandomInstance(seed);
  }

  private static INDArray gaussian(Random random, int rows, int columns) {
    return random.nextGaussian(new int[] {rows, columns}).castTo(DataType.DOUBLE);
  }
}
