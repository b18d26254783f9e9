package journey.engine;

import static journey.engine.SmallGraph.conv;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class OneDnnRunnerTest {

  private static final int SIDE = 12;

  @BeforeEach
  void onlyWhereThereIsAcceleration() {
    assumeTrue(Acceleration.detect().on(), Acceleration.detect()::toString);
  }

  @Test
  void saysWhatRuns() {
    try (GraphRunner runner = GraphRunner.of(SmallGraph.of(1, SmallGraph::everything))) {
      assertTrue(runner.description().matches("oneDNN 2\\.5\\.2 directly \\(.+\\)"));
    }
  }

  @Test
  void isNotUsedWhenSwitchedOff() {
    GraphRunner runner =
        SystemProperty.with(
            Acceleration.PROPERTY,
            "off",
            () -> GraphRunner.of(SmallGraph.of(1, SmallGraph::everything)));
    assertInstanceOf(PlainRunner.class, runner);
    assertTrue(runner.description().contains("-Djourney.acceleration=off"), runner::description);
  }

  static Stream<Arguments> unknown() {
    return Stream.of(
        refused(
            "layer1 is a FrozenLayerWithBackprop",
            g -> g.add(new FrozenLayerWithBackprop(conv(3).nOut(4).build()))),
        refused(
            "layer2 is frozen, but comes after layers that learn",
            g -> g.add(conv(3).nOut(4)).add(new FrozenLayer(conv(3).nOut(4).build()))),
        refused(
            "layer1 normalizes its gradients",
            g ->
                g.add(conv(3).nOut(4).gradientNormalization(GradientNormalization.ClipL2PerLayer))),
        refused(
            "layer1 has constraints",
            g -> g.add(conv(3).nOut(4).constrainWeights(new MaxNormConstraint(1, 1)))),
        refused(
            "layer1 has weight noise",
            g -> g.add(conv(3).nOut(4).weightNoise(new DropConnect(0.5)))),
        refused("layer1 is dilated", g -> g.add(conv(3).nOut(4).dilation(2, 2))),
        refused(
            "layer1 has the activation", g -> g.add(conv(3).nOut(4).activation(Activation.SELU))),
        refused(
            "layer2 pads what it pools",
            g -> g.add(conv(3).nOut(4)).add(SmallGraph.maxPool(3).padding(1, 1))),
        refused(
            "layer2 is a LocalResponseNormalization",
            g -> g.add(conv(3).nOut(4)).add(new LocalResponseNormalization())),
        refused("layer1 has the dropout", g -> g.add(new DropoutLayer(new AlphaDropout(0.5)))),
        refused(
            "layer1 has layer norm",
            g -> g.add(new DenseLayer.Builder().nOut(4).hasLayerNorm(true))),
        refused(
            "vertex2 does Max, not Add",
            g -> {
              String a = g.add(conv(3).nOut(4)).top();
              g.vertex(new ElementWiseVertex(ElementWiseVertex.Op.Max), a, a);
            }),
        refused(
            "output has the loss",
            g -> g.output(SmallGraph.output().lossFunction(LossFunction.MSE).build())));
  }

  private static Arguments refused(String reason, Consumer<SmallGraph> layers) {
    return Arguments.of(reason, layers);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unknown")
  void leavesToDeeplearning4jWhatItDoesNotKnow(String reason, Consumer<SmallGraph> layers) {
    try (GraphRunner runner = GraphRunner.of(SmallGraph.of(1, layers))) {
      assertInstanceOf(PlainRunner.class, runner);
      assertTrue(runner.description().contains("not accelerated: " + reason), runner::description);
    }
  }

  @Test
  void leavesOtherTypesToDeeplearning4j() {
    var graph = SmallGraph.of(1, new Sgd(1), DataType.DOUBLE, SIDE, SmallGraph::everything);
    try (GraphRunner runner = GraphRunner.of(graph)) {
      assertTrue(runner.description().contains("not of type FLOAT"), runner::description);
    }
  }

  @Test
  void takesViewsWithAnOffset() {
    try (GraphRunner runner = GraphRunner.of(SmallGraph.of(1, SmallGraph::everything))) {
      INDArray all = SmallGraph.data(1, 9, SIDE).getFeatures();
      INDArray view = all.get(NDArrayIndex.interval(4, 7));
      assertTrue(view.offset() > 0);
      INDArray expected = runner.output(all).get(NDArrayIndex.interval(4, 7));
      assertTrue(SmallGraph.difference(expected, runner.output(view)) < 1e-5);
      assertTrue(SmallGraph.difference(expected, runner.output(view.dup('f'))) < 1e-5);
    }
  }

  @Test
  void seesParametersThatWereSetFromOutside() {
    ComputationGraph graph = SmallGraph.of(1, SmallGraph::everything);
    try (GraphRunner runner = GraphRunner.of(graph)) {
      INDArray pictures = SmallGraph.data(1, 4, SIDE).getFeatures();
      INDArray before = runner.output(pictures);
      graph.setParams(SmallGraph.of(2, SmallGraph::everything).params());
      INDArray after = runner.output(pictures);
      assertTrue(SmallGraph.difference(before, after) > 0.01);
      assertTrue(SmallGraph.difference(graph.outputSingle(pictures), after) < 1e-4);
    }
  }

  /** The weights are folded and copied once, so each way to change one must be noticed. */
  @Test
  void seesEachParameterThatChangesBetweenAnswers() {
    ComputationGraph graph = SmallGraph.of(1, SmallGraph::everything);
    INDArray pictures = SmallGraph.data(1, 4, SIDE).getFeatures();
    try (GraphRunner runner = GraphRunner.of(graph)) {
      runner.output(pictures);
      for (String name : graph.paramTable().keySet()) {
        // Not by all parameters alike: a norm that follows would undo that.
        INDArray parameter = graph.getParam(name);
        parameter.putScalar(0, parameter.getDouble(0) + 0.5);
        INDArray expected = graph.outputSingle(pictures);
        assertTrue(SmallGraph.difference(expected, runner.output(pictures)) < 1e-4, name);
      }
    }
  }

  @Test
  void answersAlikeBeforeAndAfterAnotherNumberOfPictures() {
    try (GraphRunner runner = GraphRunner.of(SmallGraph.of(1, SmallGraph::everything))) {
      INDArray pictures = SmallGraph.data(1, 4, SIDE).getFeatures();
      float[] before = runner.output(pictures).ravel().toFloatVector();
      runner.output(SmallGraph.data(2, 64, SIDE).getFeatures());
      runner.step(SmallGraph.data(3, 128, SIDE));
      runner.graph().setParams(SmallGraph.of(1, SmallGraph::everything).params());
      assertArrayEquals(before, runner.output(pictures).ravel().toFloatVector());
    }
  }

  @Test
  void repeatsToTheLastBit() {
    assertArrayEquals(trained(20).params().toFloatVector(), trained(20).params().toFloatVector());
  }

  /** Dropout's masks of a resumed training are those of one that was never interrupted. */
  @Test
  void isResumedFromASavedGraphToTheLastBit() throws IOException {
    ComputationGraph resumed = reloaded(trained(7));
    train(resumed, 7, 20);
    assertArrayEquals(trained(20).params().toFloatVector(), resumed.params().toFloatVector());
  }

  @Test
  void savedGraphsAnswerTheSameWithoutAcceleration() throws IOException {
    ComputationGraph graph = trained(20);
    INDArray pictures = SmallGraph.data(1, 6, SIDE).getFeatures();
    try (GraphRunner runner = GraphRunner.of(graph);
        GraphRunner plain = GraphRunner.plain(reloaded(graph))) {
      double difference = SmallGraph.difference(plain.output(pictures), runner.output(pictures));
      assertTrue(difference < 1e-4, () -> "differ by " + difference);
    }
  }

  private static ComputationGraph trained(int steps) {
    var graph =
        SmallGraph.of(3, new Adam(1e-3), DataType.FLOAT, SIDE, OneDnnRunnerTest::withDropout);
    train(graph, 0, steps);
    return graph;
  }

  private static void withDropout(SmallGraph graph) {
    SmallGraph.everything(graph);
    graph
        .add(new DropoutLayer(0.7))
        .add(new DenseLayer.Builder().nOut(16).dropOut(0.5).activation(Activation.TANH));
  }

  private static void train(ComputationGraph graph, int from, int to) {
    try (GraphRunner runner = GraphRunner.of(graph)) {
      assertInstanceOf(OneDnnRunner.class, runner, runner::description);
      for (int step = from; step < to; step++) {
        runner.step(SmallGraph.data(step, 8, SIDE));
      }
    }
  }

  private static ComputationGraph reloaded(ComputationGraph graph) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, bytes, true);
    return ModelSerializer.restoreComputationGraph(
        new ByteArrayInputStream(bytes.toByteArray()), true);
  }

  /** With dropout there is nothing to compare with but the loss itself, a little way off. */
  @Test
  void gradientsWithDropoutAreThoseOfTheLoss() {
    var graph =
        SmallGraph.of(
            4,
            new Sgd(0),
            DataType.FLOAT,
            SIDE,
            g ->
                g.add(conv(3).nOut(8).activation(Activation.TANH))
                    .add(new DropoutLayer(0.6))
                    .add(
                        new DenseLayer.Builder().nOut(9).dropOut(0.5).activation(Activation.TANH)));
    // A rate of 0 would wipe the gradients out; after a step of rate 1 they are the change.
    graph.setLearningRate(1);
    INDArray start = graph.params().dup();
    DataSet data = SmallGraph.data(2, 16, SIDE);
    try (GraphRunner runner = GraphRunner.of(graph)) {
      runner.step(data);
      INDArray gradient = start.sub(graph.params());
      double slope = gradient.norm2Number().doubleValue();
      INDArray ahead = gradient.mul(0.005 / slope);
      double change =
          lossAt(runner, start.add(ahead), data) - lossAt(runner, start.sub(ahead), data);
      assertEquals(slope, change / 0.01, 0.01 * slope);
      graph.setParams(start);
      graph.getConfiguration().setIterationCount(1);
      assertNotEquals(lossAt(runner, start, data), runner.step(data), "the masks never change");
    }
  }

  private static double lossAt(GraphRunner runner, INDArray parameters, DataSet data) {
    runner.graph().setParams(parameters);
    runner.graph().getConfiguration().setIterationCount(0);
    return runner.step(data);
  }

  @Test
  void refusesWhatDoesNotFitAndNamesTheShapes() {
    try (GraphRunner runner = GraphRunner.of(SmallGraph.of(1, SmallGraph::everything))) {
      DataSet data = SmallGraph.data(1, 4, SIDE);
      INDArray pictures = data.getFeatures();
      INDArray targets = data.getLabels();
      refuses(
          "outputs' shape [4, 5], but they are [5, 4]",
          () -> runner.step(new DataSet(pictures, targets.transpose())));
      refuses(
          "outputs' shape [4, 5], but they are [4, 4]",
          () -> runner.step(new DataSet(pictures, targets.getColumns(0, 1, 2, 3))));
      refuses("masks", () -> runner.step(new DataSet(pictures, targets, null, Nd4j.ones(4, 1))));
      refuses(
          "layer3 takes pictures [n, 3, height, width], but gets [4, 432]",
          () -> runner.output(pictures.reshape(4, 432)));
      refuses(
          "inputs of shape [4, 2, 12, 12]: layer1 ",
          () -> runner.output(pictures.get(all(), interval(0, 2), all(), all())));
      runner.step(data);
    }
  }

  @Test
  void refusesToComputeWithMoreThanTheMemory() {
    int side = 256;
    ComputationGraph graph =
        SmallGraph.of(
            1,
            new Sgd(1),
            DataType.FLOAT,
            side,
            g ->
                g.add(conv(1).nOut(200_000))
                    .add(new GlobalPoolingLayer.Builder(PoolingType.AVG).build()));
    try (GraphRunner runner = GraphRunner.of(graph)) {
      DataSet data = SmallGraph.data(1, 2, side);
      refuses("so many examples at once needs ", () -> runner.step(data));
      refuses("so many examples at once needs ", () -> runner.output(data.getFeatures()));
    }
  }

  private static void refuses(String part, Executable use) {
    String message = assertThrows(IllegalArgumentException.class, use).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void canBeClosedTwiceButNotUsedAfterwards() {
    GraphRunner runner = GraphRunner.of(SmallGraph.of(1, SmallGraph::everything));
    DataSet data = SmallGraph.data(1, 4, SIDE);
    runner.step(data);
    runner.close();
    runner.close();
    var error = assertThrows(IllegalStateException.class, () -> runner.step(data));
    assertTrue(error.getMessage().contains("GraphRunner.of"), error::getMessage);
  }

  @Test
  void holdsNoMoreMemoryAfterManyStepsAndGraphs() throws Exception {
    long growth = MemoryGrowth.measuredInAProcessOfItsOwn();
    assertTrue(growth < 15_000_000, () -> "grew by %,d bytes".formatted(growth));
  }
}
