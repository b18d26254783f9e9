package journey.nn;

import static journey.nn.Arrays2D.gaussian;
import static journey.nn.Arrays2D.random;
import static journey.nn.Arrays2D.relativeError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import journey.nn.kernel.Chunks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.NesterovsUpdater;
import org.nd4j.linalg.learning.SgdUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

class OptimizerTest {

  private static final double RATE = 0.1;

  /**
   * Four steps down f(θ) = θ₁²/2 + θ₂²/4 + 3·θ₃²/2 from (1, −2, 0.5), computed with the papers'
   * formulas in Python, in double precision.
   */
  static Stream<Arguments> trajectories() {
    return Stream.of(
        Arguments.of(
            new Sgd(),
            new double[][] {
              {0.9, -1.9, 0.35},
              {0.81, -1.805, 0.245},
              {0.729, -1.71475, 0.1715},
              {0.6561, -1.6290125, 0.12005}
            }),
        Arguments.of(
            new Momentum(0.8),
            new double[][] {
              {0.9, -1.9, 0.35},
              {0.73, -1.725, 0.125},
              {0.521, -1.49875, -0.0925},
              {0.3017, -1.2428125, -0.23875}
            }),
        Arguments.of(
            new Nesterov(0.8),
            new double[][] {
              {0.82, -1.82, 0.23},
              {0.6084, -1.5922, 0.0098},
              {0.395208, -1.339462, -0.116452},
              {0.20218896, -1.08040802, -0.15221752}
            }),
        Arguments.of(
            new Adam(0.7, 0.9, 0.05),
            new double[][] {
              {0.9047619047619048, -1.9047619047619047, 0.4032258064516129},
              {0.8104645019253264, -1.8099547470104749, 0.3086175831066287},
              {0.7176855572641332, -1.7158072575459073, 0.21805879422376195},
              {0.6270595107834237, -1.6225489182247066, 0.13401465672750806}
            }),
        Arguments.of(
            new Adam(),
            new double[][] {
              {0.900000001, -1.900000001, 0.40000000066666663},
              {0.8004122297123382, -1.8001664876318761, 0.30118742096867557},
              {0.701586274504415, -1.7006233943434113, 0.20487125150058236},
              {0.603939062682108, -1.6015048983797573, 0.11291539677342623}
            }),
        Arguments.of(
            new AdamW(0.2),
            new double[][] {
              {0.880000001, -1.860000001, 0.3900000006666666},
              {0.7629351945529714, -1.723054669674673, 0.2835947383595593},
              {0.6492032699623058, -1.589293321764491, 0.1822538030347611},
              {0.5392823538727389, -1.458858817043418, 0.08804960259840805}
            }));
  }

  @ParameterizedTest
  @MethodSource("trajectories")
  void walksAsWrittenDown(Optimizer optimizer, double[][] trajectory) {
    INDArray steepness = Nd4j.createFromArray(new double[][] {{1, 0.5, 3}});
    Parameter parameter = parameter(Nd4j.createFromArray(new double[][] {{1, -2, 0.5}}), true);
    for (double[] place : trajectory) {
      parameter.gradient().assign(parameter.value().mul(steepness));
      optimizer.update(List.of(parameter), RATE);
      for (int i = 0; i < place.length; i++) {
        assertEquals(place[i], parameter.value().getDouble(i), 1e-12);
      }
    }
  }

  /** Float32 goes another way: in chunks, of which the last is short, and by several threads. */
  @ParameterizedTest
  @CsvSource({"3, 5", "1, 2500", "1000, 600"})
  void walksInFloat32AsInDouble(int rows, int columns) {
    List<Supplier<Optimizer>> all =
        List.of(
            Sgd::new,
            () -> new Momentum(0.8),
            () -> new Nesterov(0.8),
            Adam::new,
            () -> new AdamW(0.2));
    for (Supplier<Optimizer> optimizer : all) {
      var random = random(1);
      Parameter exact = parameter(gaussian(random, rows, columns), true);
      Parameter fast = parameter(exact.value().castTo(DataType.FLOAT), true);
      assertTrue(Chunks.fit(fast.value(), fast.gradient()));
      Optimizer inDouble = optimizer.get();
      Optimizer inFloat = optimizer.get();
      for (int step = 0; step < 3; step++) {
        INDArray gradient = gaussian(random, rows, columns);
        exact.gradient().assign(gradient);
        fast.gradient().assign(gradient);
        inDouble.update(List.of(exact), RATE);
        inFloat.update(List.of(fast), RATE);
      }
      double error = relativeError(exact.value(), fast.value().castTo(DataType.DOUBLE));
      assertTrue(error < 1e-6, () -> inFloat + ": " + error);
    }
  }

  static Stream<Arguments> updaters() {
    return Stream.of(
        Arguments.of(
            new Sgd(), new SgdUpdater(new org.nd4j.linalg.learning.config.Sgd(RATE)), 1e-12),
        Arguments.of(new Nesterov(0.85), new NesterovsUpdater(new Nesterovs(RATE, 0.85)), 1e-12),
        // ND4J adds ε to √v, not to √v̂.
        Arguments.of(
            new Adam(0.8, 0.95, 1e-12),
            new AdamUpdater(new org.nd4j.linalg.learning.config.Adam(RATE, 0.8, 0.95, 1e-12)),
            1e-8));
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void walksAsNd4jsOwnDoes(Optimizer optimizer, GradientUpdater<?> updater, double tolerance) {
    var random = random(1);
    Parameter parameter = parameter(gaussian(random, 7, 5), true);
    INDArray theirs = parameter.value().dup();
    long states = updater.getConfig().stateSize(theirs.length());
    if (states > 0) {
      updater.setStateViewArray(Nd4j.zeros(DataType.DOUBLE, 1, states), theirs.shape(), 'c', true);
    }
    for (int step = 0; step < 12; step++) {
      INDArray gradient = gaussian(random, 7, 5);
      parameter.gradient().assign(gradient);
      optimizer.update(List.of(parameter), RATE);
      updater.applyUpdater(gradient, step, 0);
      theirs.subi(gradient);
      double error = relativeError(theirs, parameter.value());
      assertTrue(error < tolerance, "step " + step + ": " + error);
    }
  }

  @Test
  void remembersEachParameterByItself() {
    Optimizer together = new Adam();
    Optimizer alone = new Adam();
    Parameter one = parameter(gaussian(random(1), 3, 2), true);
    Parameter other = parameter(gaussian(random(2), 3, 2), true);
    Parameter twin = parameter(other.value().dup(), true);
    for (int step = 0; step < 3; step++) {
      one.gradient().assign(5);
      other.gradient().assign(step - 1);
      twin.gradient().assign(step - 1);
      together.update(List.of(one, other), RATE);
      alone.update(List.of(twin), RATE);
    }
    assertEquals(twin.value(), other.value());
  }

  @Test
  void decayIsForWeightsOnly() {
    Parameter weights = parameter(Nd4j.ones(DataType.DOUBLE, 1, 2), true);
    Parameter biases = parameter(Nd4j.ones(DataType.DOUBLE, 1, 2), false);
    new AdamW(0.5).update(List.of(weights, biases), 0.1);
    assertEquals(0.95, weights.value().getDouble(0), 1e-12);
    assertEquals(1, biases.value().getDouble(0), 1e-12);
  }

  @Test
  void adamStandsStillWhereTheGradientAlwaysWasZero() {
    Parameter parameter = parameter(Nd4j.ones(DataType.FLOAT, 2, 2), true);
    new Adam().update(List.of(parameter), RATE);
    assertEquals(Nd4j.ones(DataType.FLOAT, 2, 2), parameter.value());
  }

  private static Parameter parameter(INDArray value, boolean penalized) {
    return new Parameter("W", value, value.like(), penalized);
  }
}
