package journey.nn;

import static journey.nn.Arrays2D.assertGradient;
import static journey.nn.Arrays2D.gaussian;
import static journey.nn.Arrays2D.random;
import static journey.nn.Arrays2D.relativeError;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.nd4j.linalg.indexing.NDArrayIndex;

class DenseLayerTest {

  private static final Initializer DOUBLE = new Glorot().as(DataType.DOUBLE);

  @RepeatedTest(10)
  void gradientsAgreeWithCentralDifferences(RepetitionInfo repetition) {
    Random random = random(repetition.getCurrentRepetition());
    int batch = 1 + random.nextInt(6);
    int inputs = 1 + random.nextInt(7);
    int outputs = 1 + random.nextInt(7);
    Activation f = random.nextBoolean() ? new Tanh() : new LeakyReLU(0.2);
    DenseLayer layer = new DenseLayer(inputs, outputs, f, DOUBLE, random);
    INDArray x = gaussian(random, batch, inputs);
    INDArray c = gaussian(random, batch, outputs);
    parameter(layer, 1).value().assign(gaussian(random, 1, outputs));

    layer.forward(x, true);
    layer.backward(c.dup());
    INDArray slope = layer.inputGradient().dup();
    assertGradient("x", () -> weighted(layer, x, c), x, slope);
    for (Parameter parameter : layer.parameters()) {
      assertGradient(
          parameter.name(), () -> weighted(layer, x, c), parameter.value(), parameter.gradient());
    }
  }

  private static double weighted(Layer layer, INDArray x, INDArray c) {
    return layer.forward(x, true).mul(c).sumNumber().doubleValue();
  }

  @Test
  void computesWhatPlainNd4jDoes() {
    Random random = random(2);
    DenseLayer layer = new DenseLayer(30, 20, new Sigmoid(), new Glorot(), random);
    parameter(layer, 1).value().assign(random.nextGaussian(new int[] {1, 20}));
    INDArray all = random.nextGaussian(new int[] {9, 30});
    for (INDArray x :
        new INDArray[] {
          all, all.get(NDArrayIndex.interval(3, 7), NDArrayIndex.all()), all.dup('f')
        }) {
      INDArray z = x.mmul(parameter(layer, 0).value()).addRowVector(parameter(layer, 1).value());
      new Sigmoid().apply(z);
      assertTrue(relativeError(z, layer.forward(x, false)) < 1e-6);
    }
  }

  @Test
  void batchesOfAnyLengthMayFollowEachOther() {
    INDArray x = gaussian(random(3), 8, 5);
    DenseLayer reused = layer();
    for (int batch : new int[] {4, 1, 3, 8, 2, 8}) {
      INDArray rows = x.get(NDArrayIndex.interval(0, batch), NDArrayIndex.all());
      INDArray c = Nd4j.ones(DataType.DOUBLE, batch, 2);
      DenseLayer fresh = layer();
      assertEquals(fresh.forward(rows, true), reused.forward(rows, true));
      fresh.backward(c.dup());
      reused.backward(c.dup());
      assertEquals(fresh.inputGradient(), reused.inputGradient());
      for (int i = 0; i < 2; i++) {
        assertEquals(parameter(fresh, i).gradient(), parameter(reused, i).gradient());
      }
    }
  }

  private static DenseLayer layer() {
    return new DenseLayer(5, 2, new Tanh(), DOUBLE, random(1));
  }

  @Test
  void startsWithTheSameWeightsBitForBit() {
    for (Initializer initializer :
        new Initializer[] {new SmallNormal(), new Glorot(), new He(), DOUBLE}) {
      INDArray one = weights(initializer, 7);
      assertArrayEquals(one.data().asBytes(), weights(initializer, 7).data().asBytes());
      assertTrue(relativeError(one, weights(initializer, 8)) > 0.1);
    }
  }

  private static INDArray weights(Initializer initializer, long seed) {
    var layer = new DenseLayer(50, 30, new ReLU(), initializer, random(seed));
    return parameter(layer, 0).value();
  }

  @Test
  void hasWeightsAndBiasesOfTheInitializersType() {
    DenseLayer layer = layer();
    assertArrayEquals(new long[] {5, 2}, parameter(layer, 0).value().shape());
    assertArrayEquals(new long[] {1, 2}, parameter(layer, 1).value().shape());
    for (Parameter parameter : layer.parameters()) {
      assertEquals(DataType.DOUBLE, parameter.value().dataType());
      assertEquals(Nd4j.zeros(DataType.DOUBLE, parameter.value().shape()), parameter.gradient());
    }
    assertTrue(parameter(layer, 0).penalized());
    assertTrue(!parameter(layer, 1).penalized());
    assertEquals(0, parameter(layer, 1).value().norm1Number().doubleValue());
  }

  @Test
  void refusesInputsThatDoNotFit() {
    refuses(Nd4j.ones(DataType.DOUBLE, 3, 4), "[5, 2]", "[3, 4]");
    refuses(Nd4j.ones(DataType.DOUBLE, 5), "[5, 2]", "[5]");
    refuses(Nd4j.ones(DataType.FLOAT, 3, 5), "DOUBLE", "FLOAT");
    refuses(Nd4j.zeros(DataType.DOUBLE, 0, 5), "one row or more", "[0, 5]");
    refuses(Nd4j.ones(DataType.DOUBLE, 3, 5, 1, 1), "[batch, 5]", "[3, 5, 1, 1]");
  }

  private static void refuses(INDArray x, String one, String other) {
    var error = assertThrows(IllegalArgumentException.class, () -> layer().forward(x, true));
    assertTrue(error.getMessage().contains(one), error::getMessage);
    assertTrue(error.getMessage().contains(other), error::getMessage);
  }

  private static Parameter parameter(Layer layer, int i) {
    return layer.parameters().get(i);
  }
}
