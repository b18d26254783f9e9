package journey.nn;

import static journey.nn.Arrays2D.assertGradient;
import static journey.nn.Arrays2D.gaussian;
import static journey.nn.Arrays2D.oneHot;
import static journey.nn.Arrays2D.random;
import static journey.nn.Arrays2D.relativeError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The layers that read texts, alone and together. */
class SequenceLayersTest {

  private static final int WORDS = 7;
  private static final int SIZE = 3;
  private static final int STATES = 4;

  /** Some words come twice, some texts are padded, one has no word at all. */
  private static final INDArray TEXTS =
      Nd4j.createFromArray(
          new double[][] {{0, 0, 2, 3}, {5, 1, 5, 5}, {0, 4, 6, 2}, {0, 0, 0, 3}, {0, 0, 0, 0}});

  private static final Initializer LARGE = new SmallNormal(0.7).as(DataType.DOUBLE);

  private static final Map<String, Function<Random, Layer>> MIDDLES =
      Map.of(
          "mean", random -> new MeanPooling(SIZE),
          "recurrent", random -> new RecurrentLayer(SIZE, STATES, LARGE, random));

  private static Network network(String middle, long seed) {
    Random random = random(seed);
    int top = middle.equals("mean") ? SIZE : STATES;
    return new Network(
        new CategoricalCrossEntropy(),
        new Embedding(WORDS, SIZE, LARGE, random),
        MIDDLES.get(middle).apply(random),
        new DenseLayer(top, 6, new Identity(), LARGE, random));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "recurrent"})
  void allGradientsAreThoseOfCentralDifferences(String middle) {
    Network network = network(middle, 1);
    // Biases of zero would leave errors in their use unseen.
    network.parameters().stream()
        .filter(parameter -> parameter.name().equals("b"))
        .forEach(
            parameter ->
                parameter.value().assign(gaussian(random(3), 1, parameter.value().columns())));
    INDArray y = oneHot(random(2), 5, 6, 6);
    network.backward(network.forward(TEXTS, true), y);
    List<INDArray> gradients =
        network.parameters().stream().map(parameter -> parameter.gradient().dup()).toList();
    for (int i = 0; i < gradients.size(); i++) {
      Parameter parameter = network.parameters().get(i);
      if (parameter.name().equals("E")) {
        // The row of padding stays zero, whatever the loss would like.
        assertEquals(0, gradients.get(i).getRow(0).norm1Number().doubleValue());
        INDArray words = parameter.value().get(rows(1, WORDS), NDArrayIndex.all());
        assertGradient(
            "E",
            () -> network.cost(TEXTS, y),
            words,
            gradients.get(i).get(rows(1, WORDS), NDArrayIndex.all()));
      } else {
        assertGradient(
            parameter.name(), () -> network.cost(TEXTS, y), parameter.value(), gradients.get(i));
      }
    }
  }

  private static INDArrayIndex rows(int first, int end) {
    return NDArrayIndex.interval(first, end);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "recurrent"})
  void theInputsGradientIsThatOfCentralDifferences(String middle) {
    Layer layer = MIDDLES.get(middle).apply(random(1));
    INDArray x = gaussian(random(2), 3, 5 * SIZE);
    INDArray c = gaussian(random(3), 3, middle.equals("mean") ? SIZE : STATES);
    layer.forward(x, true);
    layer.backward(c.dup());
    INDArray gradient = layer.inputGradient().dup();
    assertGradient(
        "x", () -> layer.forward(x, false).mul(c).sumNumber().doubleValue(), x, gradient);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "recurrent"})
  void paddingChangesNothing(String middle) {
    Network network = network(middle, 4);
    INDArray few = network.predict(TEXTS.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 4)));
    INDArray more = Nd4j.concat(1, Nd4j.zeros(DataType.DOUBLE, 5, 6), TEXTS);
    INDArray padded = network.predict(more);
    for (int i : new int[] {0, 2, 3, 4}) {
      assertTrue(relativeError(few.getRow(i), padded.getRow(i)) < 1e-12, "text " + i);
    }
    assertTrue(relativeError(few.getRow(1), padded.getRow(1)) > 1e-3, "it lost its first word");
  }

  @Test
  void onlyTheRecurrentLayerKnowsTheOrder() {
    INDArray there = Nd4j.createFromArray(new double[][] {{2, 3, 4}});
    INDArray back = Nd4j.createFromArray(new double[][] {{4, 3, 2}});
    Network mean = network("mean", 5);
    assertTrue(relativeError(mean.predict(there), mean.predict(back)) < 1e-12);
    Network recurrent = network("recurrent", 5);
    assertTrue(relativeError(recurrent.predict(there), recurrent.predict(back)) > 1e-3);
  }

  @Test
  void theRecurrentLayerIsItsFormula() {
    RecurrentLayer layer = new RecurrentLayer(SIZE, STATES, LARGE, random(6));
    INDArray W = layer.parameters().get(0).value();
    INDArray U = layer.parameters().get(1).value();
    INDArray b = layer.parameters().get(2).value().assign(gaussian(random(7), 1, STATES));
    INDArray x = gaussian(random(8), 2, 3 * SIZE);
    INDArray h = Nd4j.zeros(DataType.DOUBLE, 2, STATES);
    for (int t = 0; t < 3; t++) {
      INDArray step = x.get(NDArrayIndex.all(), NDArrayIndex.interval(t * SIZE, (t + 1) * SIZE));
      h = Transforms.tanh(step.mmul(W).add(h.mmul(U)).addRowVector(b));
    }
    assertTrue(relativeError(h, layer.forward(x, false)) < 1e-12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mean", "recurrent"})
  void float32AgreesAlsoWhenBatchesGetShorter(String middle) {
    Network exact = network(middle, 9);
    Random random = random(9);
    Initializer single = new SmallNormal(0.7);
    int top = middle.equals("mean") ? SIZE : STATES;
    Network network =
        new Network(
            new CategoricalCrossEntropy(),
            new Embedding(WORDS, SIZE, single, random),
            middle.equals("mean")
                ? new MeanPooling(SIZE)
                : new RecurrentLayer(SIZE, STATES, single, random),
            new DenseLayer(top, 6, new Identity(), single, random));
    for (int[] shape : new int[][] {{5, 4}, {2, 4}, {5, 2}, {3, 3}, {5, 4}}) {
      INDArray x = TEXTS.get(rows(0, shape[0]), NDArrayIndex.interval(4 - shape[1], 4)).dup('c');
      INDArray y = oneHot(random(shape[0]), shape[0], 6, 6);
      exact.backward(exact.forward(x, true), y);
      INDArray xSingle = x.castTo(DataType.FLOAT);
      network.backward(network.forward(xSingle, true), y.castTo(DataType.FLOAT));
      for (int i = 0; i < exact.parameters().size(); i++) {
        INDArray expected = exact.parameters().get(i).gradient();
        INDArray actual = network.parameters().get(i).gradient().castTo(DataType.DOUBLE);
        assertTrue(relativeError(expected, actual) < 1e-5, expected + " but " + actual);
      }
    }
  }

  @Test
  void anEmbeddingNamesANumberItHasNoVectorFor() {
    Embedding embedding = new Embedding(WORDS, SIZE, LARGE, random(1));
    for (double number : new double[] {-1, WORDS}) {
      INDArray x = Nd4j.createFromArray(new double[][] {{0, 2}, {3, number}});
      var problem = assertThrows(IllegalArgumentException.class, () -> embedding.forward(x, false));
      assertTrue(problem.getMessage().contains("" + (int) number), problem::getMessage);
    }
    assertThrows(UnsupportedOperationException.class, embedding::inputGradient);
  }
}
