package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import journey.engine.GraphRunner;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A network that takes a picture for class 1 the surer, the brighter its brightest pixel is. */
class LookingInsideTest {

  private static final int ROW = 3;
  private static final int COLUMN = 5;

  @Test
  void onlyTheSquaresOverTheBrightPixelMatter() {
    try (GraphRunner runner = GraphRunner.plain(brightness())) {
      OcclusionMap map = OcclusionMap.of(runner, onePixel(), 1, 3, 1);
      double covered = probability(0);
      assertEquals(probability(2), map.probability(), 1e-6);
      // Each of the squares over the pixel takes all of it away.
      assertEquals(map.probability() - covered, map.drop()[ROW][COLUMN], 1e-6);
      assertEquals(map.drop()[ROW][COLUMN], map.largest());
      for (int y = 0; y < 10; y++) {
        for (int x = 0; x < 8; x++) {
          boolean near = Math.abs(y - ROW) < 3 && Math.abs(x - COLUMN) < 3;
          assertEquals(near, Math.abs(map.drop()[y][x]) > 1e-6, y + ", " + x);
        }
      }
    }
  }

  @Test
  void aStrideThatDoesNotFitStillCoversTheEdge() {
    try (GraphRunner runner = GraphRunner.plain(brightness())) {
      INDArray picture = Nd4j.zeros(DataType.FLOAT, 1, 1, 10, 8);
      picture.putScalar(new int[] {0, 0, 9, 7}, 2);
      OcclusionMap map = OcclusionMap.of(runner, picture, 1, 4, 3);
      assertEquals(probability(2) - probability(0), map.drop()[9][7], 1e-6);
      assertEquals(0, map.drop()[0][0], 1e-6);
    }
  }

  @Test
  void theMapsAreTheLayersAnswersToThePicture() {
    FeatureMaps maps = FeatureMaps.of(brightness(), onePixel());
    assertEquals(List.of("twice"), maps.layers());
    INDArray twice = maps.of("twice");
    assertArrayEquals(new long[] {2, 10, 8}, twice.shape());
    assertEquals(4, twice.getDouble(0, ROW, COLUMN), 1e-6);
    assertEquals(4, twice.slice(0).sumNumber().doubleValue(), 1e-6);
    assertEquals(0, twice.slice(1).sumNumber().doubleValue(), 1e-6);
  }

  @Test
  void whatDoesNotFitIsNamed() {
    INDArray two = Nd4j.zeros(DataType.FLOAT, 2, 1, 10, 8);
    ComputationGraph graph = brightness();
    try (GraphRunner runner = GraphRunner.plain(graph)) {
      assertMessage("[2, 1, 10, 8]", () -> OcclusionMap.of(runner, two, 1, 3, 1));
      assertMessage("side 9", () -> OcclusionMap.of(runner, onePixel(), 1, 9, 1));
      assertMessage("class -1 was", () -> OcclusionMap.of(runner, onePixel(), -1, 3, 1));
      assertMessage("class 2 was", () -> OcclusionMap.of(runner, onePixel(), 2, 3, 1));
      assertMessage("moved by 4", () -> OcclusionMap.of(runner, onePixel(), 1, 3, 4));
    }
    assertMessage("[2, 1, 10, 8]", () -> FeatureMaps.of(graph, two));
    assertMessage("those are [twice]", () -> FeatureMaps.of(graph, onePixel()).of("output"));
  }

  private static double probability(double brightest) {
    return 1 / (1 + Math.exp(-2 * brightest));
  }

  private static INDArray onePixel() {
    return Nd4j.zeros(DataType.FLOAT, 1, 1, 10, 8).putScalar(new int[] {0, 0, ROW, COLUMN}, 2);
  }

  private static ComputationGraph brightness() {
    var graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("picture")
                .setInputTypes(InputType.convolutional(10, 8, 1))
                .addLayer(
                    "twice",
                    new ConvolutionLayer.Builder(1, 1)
                        .nOut(2)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "picture")
                .addLayer("brightest", new GlobalPoolingLayer(PoolingType.MAX), "twice")
                .addLayer(
                    "output",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "brightest")
                .setOutputs("output")
                .build());
    graph.init();
    graph.setParam("twice_W", Nd4j.createFromArray(2f, 0f).reshape(2, 1, 1, 1));
    graph.setParam("output_W", Nd4j.createFromArray(new float[][] {{0, 1}, {0, 0}}));
    graph.setParam("output_b", Nd4j.zeros(1, 2));
    return graph;
  }

  private static void assertMessage(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
