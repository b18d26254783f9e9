package journey.nn;

import static journey.nn.Arrays2D.gaussian;
import static journey.nn.Arrays2D.oneHot;
import static journey.nn.Arrays2D.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.ops.transforms.Transforms;

/** What NaN or an infinite number among the inputs or the parameters makes of the answers. */
class NotFiniteTest {

  private static final double[] VALUES = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  /** Small enough for one thread, and large enough for all. */
  private record Sizes(int batch, int inputs, int hidden, int outputs) {}

  /** A network with one hidden layer, and the same in plain ND4J and double precision. */
  private record Subject(Network network, Activation f, Loss loss) {

    INDArray inPlainNd4j(INDArray x) {
      INDArray z = layer(x.castTo(DataType.DOUBLE), 0);
      INDArray hidden =
          f instanceof ReLU
              ? Transforms.relu(z)
              : f instanceof Tanh
                  ? Transforms.tanh(z)
                  : f instanceof Sigmoid ? Transforms.sigmoid(z) : z;
      INDArray logits = layer(hidden, 2);
      return loss instanceof BinaryCrossEntropy
          ? Transforms.sigmoid(logits)
          : loss instanceof CategoricalCrossEntropy ? Transforms.softmax(logits) : logits;
    }

    private INDArray layer(INDArray x, int i) {
      List<Parameter> parameters = network.parameters();
      return x.mmul(parameters.get(i).value().castTo(DataType.DOUBLE))
          .addRowVector(parameters.get(i + 1).value().castTo(DataType.DOUBLE));
    }
  }

  static Stream<Arguments> networks() {
    return Stream.of(DataType.FLOAT, DataType.DOUBLE)
        .flatMap(
            type ->
                Stream.of(new Sizes(4, 5, 3, 2), new Sizes(64, 300, 40, 10))
                    .flatMap(
                        sizes ->
                            Stream.of(new Sigmoid(), new Tanh(), new ReLU(), new Identity())
                                .map(f -> Arguments.of(type, sizes, f))));
  }

  private static List<Loss> losses() {
    return List.of(new BinaryCrossEntropy(), new CategoricalCrossEntropy(), new MeanSquaredError());
  }

  private static Subject subject(DataType type, Sizes sizes, Activation f, Loss loss) {
    Random random = random(1);
    Initializer initializer = new Glorot().as(type);
    return new Subject(
        new Network(
            loss,
            new DenseLayer(sizes.inputs, sizes.hidden, f, initializer, random),
            new DenseLayer(sizes.hidden, sizes.outputs, new Identity(), initializer, random)),
        f,
        loss);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void anAnswerToAnInputThatIsNotFiniteIsNaNAndTheOthersAreRight(
      DataType type, Sizes sizes, Activation f) {
    for (Loss loss : losses()) {
      Subject subject = subject(type, sizes, f, loss);
      INDArray x = gaussian(random(2), sizes.batch, sizes.inputs).castTo(type);
      INDArray y = oneHot(random(3), sizes.batch, sizes.outputs, sizes.outputs).castTo(type);
      INDArray expected = subject.inPlainNd4j(x);
      close(expected, subject.network.predict(x), -1);
      for (double value : VALUES) {
        INDArray bad = x.dup();
        bad.putScalar(2, 1, value);
        close(expected, subject.network.predict(bad), 2);
        isNoScore(subject.network.evaluate(bad, y));
        refuses(subject.network, bad, y, "the input is " + value + " at row 2, column 1");
      }
    }
  }

  /** All answers are finite or NaN at once, for each depends on each parameter that is changed. */
  @ParameterizedTest
  @MethodSource("networks")
  void noAnswerComesFromParametersThatAreNotFinite(DataType type, Sizes sizes, Activation f) {
    INDArray x = gaussian(random(2), sizes.batch, sizes.inputs).castTo(type);
    INDArray y = oneHot(random(3), sizes.batch, sizes.outputs, sizes.outputs).castTo(type);
    String[] names = {"W of layer 1", "b of layer 1", "W of layer 2", "b of layer 2"};
    for (Loss loss : losses()) {
      for (double value : VALUES) {
        for (int i = 0; i < names.length; i++) {
          Network network = subject(type, sizes, f, loss).network;
          network.parameters().get(i).value().putScalar(0, 1, value);
          INDArray answers = network.predict(x);
          for (int row = 0; row < sizes.batch; row++) {
            assertTrue(Double.isNaN(answers.getDouble(row, 1)), answers::toString);
          }
          isNoScore(network.evaluate(x, y));
          refuses(network, x, y, names[i] + " is " + value + " at row 0, column 1");
        }
      }
    }
  }

  private static void isNoScore(Score score) {
    assertTrue(Double.isNaN(score.loss()), score::toString);
    assertTrue(Double.isNaN(score.accuracy()), score::toString);
  }

  private static void refuses(Network network, INDArray x, INDArray y, String message) {
    List<INDArray> before = values(network);
    var error = assertThrows(DivergedException.class, () -> network.step(x, y, new Adam(), 0.1));
    assertTrue(error.getMessage().startsWith(message), error::getMessage);
    assertEquals(before.toString(), values(network).toString());
  }

  private static List<INDArray> values(Network network) {
    return network.parameters().stream().map(parameter -> parameter.value().dup()).toList();
  }

  /** Equal except for this row, which is NaN. */
  private static void close(INDArray expected, INDArray actual, int rowOfNaN) {
    for (int row = 0; row < expected.rows(); row++) {
      for (int column = 0; column < expected.columns(); column++) {
        double wanted = row == rowOfNaN ? Double.NaN : expected.getDouble(row, column);
        assertEquals(wanted, actual.getDouble(row, column), 1e-4);
      }
    }
  }
}
