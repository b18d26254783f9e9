package journey.engine;

import static journey.engine.SmallGraph.conv;
import static journey.engine.SmallGraph.maxPool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import journey.engine.onednn.OneDnn;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** Holds the acceleration to what Deeplearning4j itself computes in 64 bits. */
class AccelerationAccuracyTest {

  private static final double TOLERANCE = 1e-5;

  @BeforeEach
  void onlyWhereThereIsAcceleration() {
    assumeTrue(Acceleration.detect().on(), Acceleration.detect()::toString);
  }

  static Stream<Arguments> pieces() {
    var pieces = new LinkedHashMap<String, Consumer<SmallGraph>>();
    pieces.put("3x3 same, no bias", g -> g.add(conv(3).nOut(16).hasBias(false)));
    pieces.put("3x3 same, then 3x3", g -> g.add(conv(3).nOut(32)).add(conv(3).nOut(16)));
    pieces.put("2x2 valid", g -> g.add(valid(2).nOut(24)).add(conv(3).nOut(16)));
    pieces.put("2x2 same", g -> g.add(conv(2).nOut(7)).add(conv(2).nOut(5).hasBias(false)));
    pieces.put(
        "few channels",
        g -> g.add(conv(3).nOut(4)).add(conv(3).nOut(4).hasBias(false)).add(conv(3).nOut(6)));
    pieces.put("1x1", g -> g.add(conv(1).nOut(20)).add(conv(1).nOut(9).hasBias(false)));
    pieces.put("5x5, padded", g -> g.add(valid(5).nOut(8).padding(1, 2)));
    pieces.put("stride 2", g -> g.add(conv(3).nOut(16).stride(2, 2)).add(conv(3).nOut(16)));
    for (Activation function :
        List.of(
            Activation.RELU,
            Activation.GELU,
            Activation.SWISH,
            Activation.SIGMOID,
            Activation.TANH)) {
      pieces.put("convolution and " + function, g -> g.add(conv(3).nOut(16).activation(function)));
      pieces.put(
          "norm and " + function,
          g -> g.add(conv(3).nOut(16).hasBias(false)).norm().activation(function));
    }
    pieces.put("norm after bias", g -> g.add(conv(3).nOut(18)).norm());
    pieces.put("norm first", g -> g.norm().add(conv(3).nOut(16)));
    pieces.put(
        "locked norm",
        g -> g.add(conv(3).nOut(16)).add(new BatchNormalization.Builder(1.5, 0.25, true)));
    pieces.put(
        "norm with log10 of the deviation",
        g -> g.add(conv(3).nOut(16)).add(new BatchNormalization.Builder().useLogStd(true)));
    pieces.put(
        "fast norm after pooling",
        g ->
            g.add(conv(3).nOut(16).hasBias(false))
                .add(maxPool(2))
                .add(new BatchNormalization.Builder().eps(1e-12).decay(0.6))
                .activation(Activation.GELU));
    pieces.put("max pooling with a rest", g -> g.add(conv(2).nOut(8)).add(maxPool(5)));
    pieces.put(
        "mean pooling",
        g ->
            g.add(conv(3).nOut(16))
                .add(
                    new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                        .kernelSize(3, 2)
                        .stride(2, 2)));
    pieces.put(
        "global max", g -> g.add(conv(3).nOut(16)).add(new GlobalPoolingLayer(PoolingType.MAX)));
    pieces.put(
        "global mean", g -> g.add(conv(3).nOut(9)).add(new GlobalPoolingLayer(PoolingType.AVG)));
    pieces.put(
        "dense",
        g ->
            g.add(conv(3).nOut(6))
                .add(new DenseLayer.Builder().nOut(13).activation(Activation.GELU))
                .add(new DenseLayer.Builder().nOut(11).hasBias(false).activation(Activation.TANH)));
    pieces.put(
        "dense and norm",
        g ->
            g.add(new DenseLayer.Builder().nOut(17).activation(Activation.IDENTITY))
                .norm()
                .activation(Activation.RELU));
    pieces.put(
        "residual",
        g -> {
          String from = g.add(conv(3).nOut(16)).top();
          String one = g.norm().activation(Activation.RELU).add(conv(3).nOut(16)).top();
          g.vertex(new ElementWiseVertex(ElementWiseVertex.Op.Add), one, from)
              .activation(Activation.RELU);
        });
    pieces.put(
        "sum of three and scale",
        g -> {
          String a = g.add(conv(3).nOut(16)).top();
          String b = g.activation(Activation.TANH).top();
          String c = g.activation(Activation.GELU).top();
          g.vertex(new ElementWiseVertex(ElementWiseVertex.Op.Add), a, b, c)
              .vertex(new ScaleVertex(0.25), g.top());
        });
    pieces.put("everything", SmallGraph::everything);
    return pieces.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  static Stream<Arguments> convolutions() {
    Consumer<SmallGraph> same =
        g ->
            g.add(conv(3).nOut(32).activation(Activation.RELU))
                .add(conv(3).nOut(16).activation(Activation.TANH))
                .add(conv(3).nOut(24).hasBias(false))
                .norm()
                .activation(Activation.RELU)
                .add(maxPool(2))
                .add(conv(3).nOut(32));
    return Stream.concat(pieces(), Stream.of(Arguments.of("3x3 by Winograd", same)));
  }

  /** As on a processor for which oneDNN has no Winograd convolutions. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("convolutions")
  void outputsAndGradientsAgreeWithOurWinograd(String name, Consumer<SmallGraph> layers) {
    SystemProperty.with(
        OneDnn.WINOGRAD,
        "true",
        () -> {
          outputsAndGradientsAgree(name, layers);
          return null;
        });
  }

  private static ConvolutionLayer.Builder valid(int kernel) {
    return conv(kernel).convolutionMode(ConvolutionMode.Truncate);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pieces")
  void outputsAndGradientsAgree(String name, Consumer<SmallGraph> layers) {
    for (int seed = 1; seed <= 4; seed++) {
      var shapes = new Random(31L * name.hashCode() + seed);
      int side = 8 + shapes.nextInt(7);
      // The batch norm of fewer rows magnifies their rounding.
      int examples = 4 + shapes.nextInt(7);
      var pair = new Pair(seed, new Sgd(0.1), side, layers);
      DataSet data = SmallGraph.data(seed, examples, side);
      try (GraphRunner runner = pair.run()) {
        pair.outputsAgree(runner, data, name + " before");
        double score = runner.step(data);
        pair.exact.fit(SmallGraph.inDouble(data));
        assertEquals(pair.exact.score(), score, TOLERANCE * pair.exact.score(), name);
        pair.gradientsAgree(name + ", " + examples + " examples of side " + side);
        pair.outputsAgree(runner, data, name + " after");
      }
    }
  }

  @Test
  void lossesOfTheFirstStepsAgree() {
    for (IUpdater updater : List.of(new Adam(1e-3), new Nesterovs(0.02, 0.9))) {
      var pair = new Pair(5, updater, 12, SmallGraph::everything);
      try (GraphRunner runner = pair.run()) {
        for (int step = 0; step < 8; step++) {
          // The last batch is shorter.
          DataSet data = SmallGraph.data(step, step == 7 ? 5 : 8, 12);
          pair.exact.fit(SmallGraph.inDouble(data));
          double expected = pair.exact.score();
          assertEquals(expected, runner.step(data), 1e-4 * expected, updater + ", step " + step);
          assertEquals(expected, pair.fast.score(), 1e-4 * expected);
        }
        assertEquals(8, pair.fast.getIterationCount());
      }
    }
  }

  @Test
  void thereAreNonlinearities() {
    Consumer<SmallGraph> linear = g -> g.add(conv(3).nOut(16).hasBias(false)).norm();
    try (GraphRunner with =
            GraphRunner.of(
                SmallGraph.of(
                    1, g -> linear.andThen(h -> h.activation(Activation.RELU)).accept(g)));
        GraphRunner without = GraphRunner.of(SmallGraph.of(1, linear))) {
      INDArray pictures = SmallGraph.data(1, 4, 12).getFeatures();
      assertTrue(
          SmallGraph.difference(without.output(pictures), with.output(pictures)) > 0.01,
          "the ReLU changes nothing");
    }
  }

  /** A graph that is accelerated, and its like in 64 bits. */
  private static final class Pair {

    final ComputationGraph fast;
    final ComputationGraph exact;

    Pair(long seed, IUpdater updater, int side, Consumer<SmallGraph> layers) {
      fast = SmallGraph.of(seed, updater.clone(), DataType.FLOAT, side, layers);
      exact =
          SmallGraph.withoutHelpers(
              () -> SmallGraph.of(seed, updater.clone(), DataType.DOUBLE, side, layers));
      exact.setParams(fast.params().castTo(DataType.DOUBLE));
    }

    GraphRunner run() {
      GraphRunner runner = GraphRunner.of(fast);
      assertInstanceOf(OneDnnRunner.class, runner, runner::description);
      return runner;
    }

    void outputsAgree(GraphRunner runner, DataSet data, String name) {
      double difference =
          SmallGraph.difference(
              exact.outputSingle(SmallGraph.inDouble(data).getFeatures()),
              runner.output(data.getFeatures()));
      assertTrue(difference < TOLERANCE, () -> name + ": outputs differ by " + difference);
    }

    /** All in one, for some gradients are zero but for rounding: a bias before a batch norm's. */
    void gradientsAgree(String name) {
      double all =
          SmallGraph.difference(exact.getFlattenedGradients(), fast.getFlattenedGradients());
      assertTrue(all < TOLERANCE, () -> name + ": gradients differ by " + all);
      Map<String, INDArray> expected = exact.paramTable();
      double scale = exact.getFlattenedGradients().norm2Number().doubleValue();
      IntStream.range(0, fast.getLayers().length)
          .forEach(
              i -> {
                INDArray e = exact.getLayers()[i].getGradientsViewArray();
                if (e == null || e.norm2Number().doubleValue() < 1e-6 * scale) {
                  return;
                }
                double difference =
                    SmallGraph.difference(e, fast.getLayers()[i].getGradientsViewArray());
                assertTrue(
                    difference < 2 * TOLERANCE,
                    () -> name + ", layer " + i + " of " + expected.size() + ": " + difference);
              });
    }
  }
}
