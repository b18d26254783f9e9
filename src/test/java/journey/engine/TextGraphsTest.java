package journey.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks that read texts are none of oneDNN's: Deeplearning4j runs them, masks and all. */
class TextGraphsTest {

  private static final int WORDS = 9;
  private static final int SIZE = 4;

  private static final INDArray TEXTS =
      Nd4j.createFromArray(new float[][] {{0, 0, 2, 3}, {5, 1, 5, 8}, {0, 4, 6, 2}});
  private static final INDArray TARGETS =
      Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}, {1, 0}});

  private static ComputationGraph graph(UnaryOperator<GraphBuilder> middle, int top) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Sgd(0.5))
            .graphBuilder()
            .addInputs("numbers")
            .addLayer(
                "words",
                new EmbeddingSequenceLayer.Builder().nIn(WORDS).nOut(SIZE).build(),
                "numbers");
    GraphBuilder whole =
        middle
            .apply(builder)
            .addLayer("pooled", new GlobalPoolingLayer(PoolingType.MAX), "middle")
            .addLayer(
                "answer",
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(top)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build(),
                "pooled")
            .setOutputs("answer");
    var graph = new ComputationGraph(whole.build());
    graph.init();
    return graph;
  }

  private static ComputationGraph lstm() {
    var layer = new LSTM.Builder().nIn(SIZE).nOut(3).activation(Activation.TANH).build();
    return graph(
        builder ->
            builder.addLayer(
                "middle", new Bidirectional(Bidirectional.Mode.CONCAT, layer), "words"),
        6);
  }

  private static Convolution1DLayer convolution(int width) {
    return new Convolution1DLayer.Builder()
        .kernelSize(width)
        .convolutionMode(ConvolutionMode.Same)
        .nIn(SIZE)
        .nOut(3)
        .activation(Activation.RELU)
        .build();
  }

  private static ComputationGraph convolutions() {
    return graph(
        builder ->
            builder
                .addLayer("two", convolution(2), "words")
                .addLayer("three", convolution(3), "words")
                .addVertex("middle", new MergeVertex(), "two", "three"),
        6);
  }

  static Stream<Arguments> graphs() {
    return Stream.of(Arguments.of("LSTM", lstm()), Arguments.of("convolutions", convolutions()));
  }

  private static DataSet batch() {
    return new DataSet(TEXTS.dup(), TARGETS.dup(), mask(TEXTS), null);
  }

  private static INDArray mask(INDArray texts) {
    return texts.gt(0).castTo(DataType.FLOAT);
  }

  private static INDArray output(ComputationGraph graph, INDArray texts) {
    return graph.output(false, new INDArray[] {texts}, new INDArray[] {mask(texts)})[0];
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("graphs")
  void deeplearning4jRunsThemWhole(String name, ComputationGraph graph) {
    ComputationGraph same = graph.clone();
    INDArray before = graph.params().dup();
    try (GraphRunner runner = GraphRunner.of(graph)) {
      assertInstanceOf(PlainRunner.class, runner);
      if (Acceleration.detect().on()) {
        assertTrue(
            runner.description().contains("words is a EmbeddingSequenceLayer"),
            runner::description);
      }
      for (int step = 0; step < 3; step++) {
        runner.step(batch());
        same.fit(batch());
      }
    }
    assertNotEquals(before, graph.params());
    assertEquals(same.params(), graph.params());
    assertEquals(output(same, TEXTS), output(graph, TEXTS));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("graphs")
  void paddingChangesNothing(String name, ComputationGraph graph) {
    INDArray longest = TEXTS.get(NDArrayIndex.interval(0, 1), NDArrayIndex.all()).dup();
    INDArray shortest = TEXTS.get(NDArrayIndex.interval(0, 1), NDArrayIndex.interval(2, 4)).dup();
    assertTrue(
        SmallGraph.difference(output(graph, shortest), output(graph, longest)) < 1e-5,
        () -> output(graph, shortest) + " but " + output(graph, longest));
  }
}
