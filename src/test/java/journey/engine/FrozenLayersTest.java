package journey.engine;

import static journey.engine.SmallGraph.conv;
import static journey.engine.SmallGraph.maxPool;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_LOG_STD;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_MEAN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import journey.engine.onednn.OneDnn;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** Holds graphs with frozen layers to what Deeplearning4j itself computes of them in 64 bits. */
class FrozenLayersTest {

  private static final int SIDE = 12;
  private static final int STEPS = 4;

  @BeforeEach
  void onlyWhereThereIsAcceleration() {
    assumeTrue(Acceleration.detect().on(), Acceleration.detect()::toString);
  }

  /** Networks, and how far they are to be frozen. */
  static Stream<Arguments> networks() {
    var networks = new LinkedHashMap<String, Map.Entry<String, Consumer<SmallGraph>>>();
    networks.put("one convolution", Map.entry("layer1", FrozenLayersTest::convolutions));
    networks.put("a norm, not its ReLU", Map.entry("layer2", FrozenLayersTest::convolutions));
    networks.put("up to a pooling", Map.entry("layer4", FrozenLayersTest::convolutions));
    networks.put("all but the last", Map.entry("layer7", FrozenLayersTest::convolutions));
    networks.put("a residual block", Map.entry("vertex5", FrozenLayersTest::residual));
    networks.put("up to a scaling", Map.entry("vertex6", FrozenLayersTest::residual));
    networks.put("dropout", Map.entry("layer5", FrozenLayersTest::dropout));
    networks.put("a dense layer and its norm", Map.entry("layer9", SmallGraph::everything));
    networks.put("other norms", Map.entry("layer4", FrozenLayersTest::otherNorms));
    return networks.entrySet().stream()
        .map(e -> Arguments.of(e.getKey(), e.getValue().getKey(), e.getValue().getValue()));
  }

  private static void convolutions(SmallGraph graph) {
    graph
        .add(conv(3).nOut(16).hasBias(false))
        .norm()
        .activation(Activation.RELU)
        .add(maxPool(2))
        .add(conv(3).nOut(16))
        .norm()
        .activation(Activation.RELU);
  }

  private static void residual(SmallGraph graph) {
    String from = graph.add(conv(3).nOut(16)).top();
    String one = graph.norm().activation(Activation.RELU).add(conv(3).nOut(16)).top();
    graph.vertex(new ElementWiseVertex(ElementWiseVertex.Op.Add), one, from);
    graph.vertex(new ScaleVertex(0.5), graph.top());
    graph.activation(Activation.GELU).add(conv(3).nOut(8).activation(Activation.RELU));
  }

  private static void dropout(SmallGraph graph) {
    graph
        .add(conv(3).nOut(16).activation(Activation.TANH))
        .add(new DropoutLayer(0.5))
        .add(new DenseLayer.Builder().nOut(12).dropOut(0.6).activation(Activation.RELU))
        .norm()
        .add(new DropoutLayer(0.7))
        .add(new DenseLayer.Builder().nOut(9).activation(Activation.TANH));
  }

  private static void otherNorms(SmallGraph graph) {
    graph
        .add(conv(3).nOut(16))
        .add(new BatchNormalization.Builder(1.5, 0.25, true))
        .add(conv(3).nOut(16))
        .add(new BatchNormalization.Builder().useLogStd(true))
        .activation(Activation.RELU)
        .norm();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void learnsAsDeeplearning4jDoes(String name, String upTo, Consumer<SmallGraph> layers) {
    for (IUpdater updater : new IUpdater[] {new Sgd(0.05), new Nesterovs(0.02, 0.9)}) {
      Pair pair = Pair.of(updater, upTo, layers);
      float[] frozen = pair.frozenParameters();
      try (GraphRunner runner = GraphRunner.of(pair.fast)) {
        assertInstanceOf(OneDnnRunner.class, runner, runner::description);
        for (int step = 0; step < STEPS; step++) {
          DataSet data = SmallGraph.data(step, 8, SIDE);
          double score = runner.step(data);
          pair.exact.fit(SmallGraph.inDouble(data));
          assertEquals(pair.exact.score(), score, 1e-4 * score, name + ", step " + step);
          differ(
              step == 0 ? 1e-5 : 1e-3,
              pair.exact.getFlattenedGradients(),
              pair.fast.getFlattenedGradients(),
              name + ": gradients of step " + step);
        }
        // With the running statistics of the norms that learn.
        differ(1e-4, pair.exact.params(), pair.fast.params(), name + ": parameters");
        DataSet others = SmallGraph.data(99, 5, SIDE);
        differ(
            1e-4,
            pair.exact.outputSingle(SmallGraph.inDouble(others).getFeatures()),
            runner.output(others.getFeatures()),
            name + ": outputs");
      }
      assertArrayEquals(frozen, pair.frozenParameters(), name + ": frozen parameters");
    }
  }

  /** As on a processor for which oneDNN has no Winograd convolutions. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void learnsAsDeeplearning4jDoesWithOurWinograd(
      String name, String upTo, Consumer<SmallGraph> layers) {
    SystemProperty.with(
        OneDnn.WINOGRAD,
        "true",
        () -> {
          learnsAsDeeplearning4jDoes(name, upTo, layers);
          return null;
        });
  }

  private static void differ(double most, INDArray expected, INDArray found, String name) {
    double difference = SmallGraph.difference(expected, found);
    assertTrue(difference < most, () -> name + " differ by " + difference);
  }

  @Test
  void staysFrozenWhenItIsSavedAndRead() throws IOException {
    Pair pair = Pair.of(new Sgd(0.05), "vertex5", FrozenLayersTest::residual);
    var bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(pair.fast, bytes, true);
    ComputationGraph read =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(bytes.toByteArray()));
    DataSet data = SmallGraph.data(1, 8, SIDE);
    try (GraphRunner one = GraphRunner.of(pair.fast);
        GraphRunner two = GraphRunner.of(read)) {
      assertInstanceOf(OneDnnRunner.class, two, two::description);
      assertEquals(one.step(data), two.step(data));
      assertArrayEquals(pair.fast.params().toFloatVector(), read.params().toFloatVector());
    }
  }

  /** Somebody may set them between two steps. */
  @Test
  void seesFrozenParametersThatWereSetFromOutside() {
    Pair pair = Pair.of(new Sgd(0), "layer4", FrozenLayersTest::convolutions);
    DataSet data = SmallGraph.data(1, 8, SIDE);
    try (GraphRunner runner = GraphRunner.of(pair.fast)) {
      double before = runner.step(data);
      for (String name : List.of("W", "gamma", GLOBAL_MEAN, GLOBAL_LOG_STD)) {
        INDArray parameter =
            pair.fast.getLayer(name.equals("W") ? "layer1" : "layer2").getParam(name);
        parameter.putScalar(0, parameter.getDouble(0) + 0.5);
        double after = runner.step(data);
        assertTrue(Math.abs(after - before) > 1e-6, name);
        assertEquals(pair.fast.score(data, true), after, 1e-4, name);
        before = after;
      }
    }
  }

  /** A network in 32 bits for the engine and the same in 64 bits, trained a little, then frozen. */
  private record Pair(ComputationGraph fast, ComputationGraph exact) {

    static Pair of(IUpdater updater, String upTo, Consumer<SmallGraph> layers) {
      ComputationGraph fast = SmallGraph.of(3, new Sgd(0.05), DataType.FLOAT, SIDE, layers);
      try (GraphRunner runner = GraphRunner.of(fast)) {
        // So that the running statistics are others than at the start.
        for (int step = 0; step < 3; step++) {
          runner.step(SmallGraph.data(10 + step, 16, SIDE));
        }
      }
      ComputationGraph exact =
          SmallGraph.withoutHelpers(
              () -> SmallGraph.of(3, new Sgd(0.05), DataType.DOUBLE, SIDE, layers));
      exact.setParams(fast.params().castTo(DataType.DOUBLE));
      var pair =
          new Pair(
              frozen(fast, updater, upTo),
              SmallGraph.withoutHelpers(() -> frozen(exact, updater, upTo)));
      pair.exact.setParams(pair.fast.params().castTo(DataType.DOUBLE));
      return pair;
    }

    private static ComputationGraph frozen(ComputationGraph graph, IUpdater updater, String upTo) {
      return new TransferLearning.GraphBuilder(graph)
          .fineTuneConfiguration(
              new FineTuneConfiguration.Builder().seed(5).updater(updater.clone()).build())
          .setFeatureExtractor(upTo)
          .nOutReplace("output", SmallGraph.CLASSES, WeightInit.XAVIER)
          .build();
    }

    /** What must not change. */
    float[] frozenParameters() {
      INDArray[] found =
          Stream.of(fast.getLayers())
              .filter(layer -> layer instanceof FrozenLayer && layer.numParams() > 0)
              .map(layer -> layer.params().reshape(-1))
              .toArray(INDArray[]::new);
      return Nd4j.concat(0, found).toFloatVector();
    }
  }
}
