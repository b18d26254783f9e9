package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import journey.engine.Acceleration;
import journey.engine.ChosenRunner;
import journey.engine.GraphRunner;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

class MuonTest {

  private static final double RATE = 0.3;
  private static final double MOMENTUM = 0.7;
  private static final MuonSettings SETTINGS = new MuonSettings(RATE, MOMENTUM);
  private static final Recipe RECIPE = TinyCnn.with(new Nesterovs(0.1, 0.9), 2, SETTINGS);

  private final ComputationGraph graph = new TinyCnn().network(RECIPE, 1);

  private static INDArray random(int seed, long... shape) {
    // ND4J's own random numbers do not follow from a seed that is given with them.
    var random = new Random(seed);
    INDArray values = Nd4j.create(DataType.FLOAT, shape);
    for (long i = 0; i < values.length(); i++) {
      values.putScalar(i, random.nextGaussian());
    }
    return values;
  }

  private static double[][] doubles(INDArray filters) {
    return filters.reshape('c', filters.size(0), -1).toDoubleMatrix();
  }

  /** Its own gradients are random numbers, so the three steps lead in different directions. */
  @Test
  void aTrajectoryIsThatWrittenOutInDoublePrecision() {
    graph.initGradientsView();
    Muon muon = new Muon(graph, SETTINGS);
    double[][] θ = doubles(graph.getParam("convolution_W"));
    double[][] m = new double[θ.length][θ[0].length];
    INDArray gradients = graph.getFlattenedGradients();
    for (int step = 0; step < 3; step++) {
      gradients.assign(random(step, gradients.shape()));
      INDArray others = gradients.dup();
      INDArray own = graph.getLayer("convolution").getGradientsViewArray();
      double[][] g = doubles(own.reshape('c', θ.length, θ[0].length));
      muon.onGradientCalculation(graph);

      assertEquals(0, own.norm2Number().doubleValue(), "the graph's updater must add nothing");
      long count = own.length();
      assertEquals(
          others.length() - count,
          gradients.eq(others).castTo(DataType.INT32).sumNumber().longValue(),
          "others' gradients stay");
      stepByHand(θ, m, g);
      assertTrue(
          Nd4j.createFromArray(θ)
              .castTo(DataType.FLOAT)
              .equalsWithEps(matrix(graph.getParam("convolution_W")), 1e-5),
          "step " + step);
    }
  }

  private static INDArray matrix(INDArray filters) {
    return filters.reshape('c', filters.size(0), -1);
  }

  private static void stepByHand(double[][] θ, double[][] m, double[][] g) {
    double squares = 0;
    double[][] direction = new double[θ.length][θ[0].length];
    for (int i = 0; i < θ.length; i++) {
      for (int j = 0; j < θ[0].length; j++) {
        m[i][j] = MOMENTUM * m[i][j] + g[i][j];
        direction[i][j] = g[i][j] + MOMENTUM * m[i][j];
        squares += θ[i][j] * θ[i][j];
      }
    }
    double[][] orthogonal = orthogonal(direction);
    for (int i = 0; i < θ.length; i++) {
      for (int j = 0; j < θ[0].length; j++) {
        θ[i][j] = θ[i][j] * Math.sqrt(θ.length / squares) - RATE * orthogonal[i][j];
      }
    }
  }

  /** As {@code zeropower_via_newtonschulz5} of airbench94_muon, term by term. */
  private static double[][] orthogonal(double[][] matrix) {
    double[][] x = scaled(1 / norm(matrix), matrix);
    for (int i = 0; i < 3; i++) {
      double[][] a = product(x, transposed(x));
      double[][] once = product(a, x);
      double[][] twice = product(a, once);
      double[][] next = new double[x.length][x[0].length];
      for (int r = 0; r < x.length; r++) {
        for (int c = 0; c < x[0].length; c++) {
          next[r][c] = 3.4445 * x[r][c] - 4.7750 * once[r][c] + 2.0315 * twice[r][c];
        }
      }
      x = next;
    }
    return x;
  }

  private static double norm(double[][] matrix) {
    double sum = 0;
    for (double[] row : matrix) {
      for (double value : row) {
        sum += value * value;
      }
    }
    return Math.sqrt(sum);
  }

  private static double[][] scaled(double factor, double[][] matrix) {
    double[][] result = new double[matrix.length][matrix[0].length];
    for (int r = 0; r < matrix.length; r++) {
      for (int c = 0; c < matrix[0].length; c++) {
        result[r][c] = factor * matrix[r][c];
      }
    }
    return result;
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] result = new double[matrix[0].length][matrix.length];
    for (int r = 0; r < matrix.length; r++) {
      for (int c = 0; c < matrix[0].length; c++) {
        result[c][r] = matrix[r][c];
      }
    }
    return result;
  }

  private static double[][] product(double[][] left, double[][] right) {
    double[][] result = new double[left.length][right[0].length];
    for (int r = 0; r < left.length; r++) {
      for (int c = 0; c < right[0].length; c++) {
        for (int k = 0; k < right.length; k++) {
          result[r][c] += left[r][k] * right[k][c];
        }
      }
    }
    return result;
  }

  @ParameterizedTest
  @CsvSource({"6, 48", "64, 27", "16, 16", "256, 300"})
  void matricesHighAndWideBecomeOrthogonalTheSameWay(int rows, int columns) {
    var iteration = new NewtonSchulz(DataType.FLOAT, rows, columns);
    iteration.of(random(1, rows, columns));
    INDArray matrix = random(2, rows, columns).muli(1e-3);
    INDArray found = iteration.of(matrix).dup();
    INDArray expected = Nd4j.createFromArray(orthogonal(doubles(matrix))).castTo(DataType.FLOAT);
    assertTrue(expected.equalsWithEps(found, 1e-4));
    double size = found.norm2Number().doubleValue() / Math.sqrt(Math.min(rows, columns));
    assertTrue(size > 0.6 && size < 1.2, "root mean square of the singular values: " + size);
  }

  @Test
  void noGradientMovesNothing() {
    INDArray found = new NewtonSchulz(DataType.FLOAT, 3, 5).of(Nd4j.zeros(DataType.FLOAT, 3, 5));
    assertEquals(0, found.norm2Number().doubleValue());
  }

  @Test
  void aStepIsTheSameWhateverRunsTheGraph() {
    assumeTrue(Acceleration.detect().on());
    Map<ChosenRunner, INDArray> filters = new HashMap<>();
    INDArray before = graph.getParam("convolution_W").dup();
    for (ChosenRunner chosen : ChosenRunner.values()) {
      ComputationGraph own = new TinyCnn().network(RECIPE, 1);
      own.getLayer("output").conf().getLayer().setIDropout(null);
      own.addListeners(new Muon(own, SETTINGS));
      try (GraphRunner runner = chosen.of(own)) {
        for (int step = 0; step < 3; step++) {
          INDArray targets = Nd4j.zeros(DataType.FLOAT, 16, 10);
          targets.getColumn(step).assign(1);
          runner.step(new DataSet(random(step, 16, 3, 32, 32), targets));
        }
      }
      filters.put(chosen, own.getParam("convolution_W").dup());
    }
    INDArray plain = filters.get(ChosenRunner.PLAIN);
    assertTrue(plain.distance2(before) > RATE);
    assertEquals(0, plain.distance2(filters.get(ChosenRunner.FASTEST)), 2e-3);
  }

  @Test
  void aTrainerThatHasEndedDoesNotListenAnyMore(@TempDir Path folder) throws IOException {
    Trainer trainer = new Trainer(new TinyCnn(), RECIPE, 1).checkpoints(folder);
    trainer.fit(TinyCnn.pictures(40), TinyCnn.pictures(20));
    assertTrue(trainer.graph().getListeners().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"-1, 0.5", "NaN, 0.5", "0.1, -0.1", "0.1, 1", "0.1, NaN"})
  void noSettingsHaveSuchNumbers(double rate, double momentum) {
    assertThrows(IllegalArgumentException.class, () -> new MuonSettings(rate, momentum));
  }
}
