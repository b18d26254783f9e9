package journey.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Both runners must refuse the same. */
class GuardedRunnerTest {

  private static final int SIDE = 12;

  private final DataSet data = SmallGraph.data(1, 4, SIDE);

  private static ComputationGraph graph() {
    return SmallGraph.of(1, SmallGraph::everything);
  }

  private static void refused(
      Class<? extends Exception> type, String message, Executable forbidden) {
    String found = assertThrows(type, forbidden).getMessage();
    assertTrue(found.contains(message), found);
  }

  @ParameterizedTest
  @EnumSource
  void refusesInputsThatAreNotFinite(ChosenRunner runner) {
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      DataSet bad = data.copy();
      bad.getFeatures().putScalar(new int[] {2, 1, 5, 5}, value);
      try (GraphRunner own = runner.of(graph())) {
        INDArray before = own.graph().params().dup();
        String message = "inputs must be finite, but those of example 2";
        refused(IllegalArgumentException.class, message, () -> own.step(bad));
        refused(IllegalArgumentException.class, message, () -> own.output(bad.getFeatures()));
        assertEquals(before, own.graph().params());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesInputsWhoseSumOverflows(ChosenRunner runner) {
    try (GraphRunner own = runner.of(graph())) {
      INDArray large = Nd4j.valueArrayOf(data.getFeatures().shape(), 1e36f);
      own.output(large);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesTargetsThatAreNotFinite(ChosenRunner runner) {
    data.getLabels().putScalar(3, 0, Float.NaN);
    try (GraphRunner own = runner.of(graph())) {
      String message = "targets must be finite, but those of example 3";
      refused(IllegalArgumentException.class, message, () -> own.step(data));
    }
  }

  @ParameterizedTest
  @EnumSource
  void givesNoAnswersFromParametersThatAreNotFinite(ChosenRunner runner) {
    try (GraphRunner own = runner.of(graph())) {
      own.output(data.getFeatures());
      own.graph().getLayer("layer1").getParam("W").putScalar(7, Float.NaN);
      for (int call = 0; call < 2; call++) {
        refused(NotFiniteException.class, "layer1_W", () -> own.output(data.getFeatures()));
      }
      refused(NotFiniteException.class, "layer1_W", () -> own.step(data));
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsInTheStepThatDiverges(ChosenRunner runner) {
    ComputationGraph graph =
        SmallGraph.of(
            1,
            new Sgd(1e30),
            DataType.FLOAT,
            SIDE,
            layers -> layers.add(SmallGraph.conv(3).nOut(8).activation(Activation.RELU)));
    try (GraphRunner own = runner.of(graph)) {
      assertThrows(
          NotFiniteException.class,
          () -> {
            for (int step = 0; step < 5; step++) {
              double loss = own.step(data);
              assertTrue(Double.isFinite(loss), () -> "went on with a loss of " + loss);
            }
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void isForOneThreadAtATime(ChosenRunner runner) throws Exception {
    ComputationGraph graph = graph();
    var inStep = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    graph.setListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            inStep.countDown();
            await(goOn);
          }
        });
    GraphRunner own = runner.of(graph);
    var step = CompletableFuture.supplyAsync(() -> own.step(data));
    inStep.await();
    refused(IllegalStateException.class, "another thread", () -> own.output(data.getFeatures()));
    refused(IllegalStateException.class, "another thread", () -> own.step(data));
    refused(IllegalStateException.class, "another thread", own::close);
    goOn.countDown();
    assertTrue(Double.isFinite(step.get()));
    own.output(data.getFeatures());
    own.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isNotClosedAtWork(ChosenRunner runner) {
    ComputationGraph graph = graph();
    GraphRunner own = runner.of(graph);
    graph.setListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            own.close();
          }
        });
    refused(IllegalStateException.class, "at work", () -> own.step(data));
    own.close();
  }

  /** Each with its own graph; they share the native libraries. */
  @ParameterizedTest
  @EnumSource
  void twoThreadsCanTrainTwoGraphs(ChosenRunner runner)
      throws InterruptedException, ExecutionException {
    var one = CompletableFuture.supplyAsync(() -> afterSteps(runner));
    var two = CompletableFuture.supplyAsync(() -> afterSteps(runner));
    assertEquals(0, SmallGraph.difference(one.get(), two.get()), 1e-5);
  }

  private INDArray afterSteps(ChosenRunner runner) {
    try (GraphRunner own = runner.of(graph())) {
      for (int step = 0; step < 20; step++) {
        own.step(data.copy());
      }
      return own.graph().params();
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhatEachVertexHandsOn(ChosenRunner runner) {
    ComputationGraph graph = graph();
    try (GraphRunner own = runner.of(graph)) {
      for (String vertex : graph.getConfiguration().getVertices().keySet()) {
        INDArray found = own.activations(vertex, data.getFeatures());
        INDArray expected = PlainRunner.activations(graph, vertex, data.getFeatures());
        assertArrayEquals(expected.shape(), found.shape(), vertex);
        assertTrue(SmallGraph.difference(expected, found) < 1e-4, vertex);
      }
      assertEquals(own.output(data.getFeatures()), own.activations("output", data.getFeatures()));
      refused(
          IllegalArgumentException.class,
          "no vertex \"top\"; it has [layer1,",
          () -> own.activations("top", data.getFeatures()));
      data.getFeatures().putScalar(0, Float.NaN);
      refused(
          IllegalArgumentException.class,
          "must be finite",
          () -> own.activations("layer1", data.getFeatures()));
    }
  }

  /** A vertex that does nothing is no operation of oneDNN's. */
  @ParameterizedTest
  @EnumSource
  void aVertexThatDoesNothingHandsOnWhatItGets(ChosenRunner runner) {
    ComputationGraph graph =
        SmallGraph.of(1, g -> g.add(SmallGraph.conv(3).nOut(4)).activation(Activation.IDENTITY));
    try (GraphRunner own = runner.of(graph)) {
      INDArray before = own.activations("layer1", data.getFeatures());
      INDArray after = own.activations("layer2", data.getFeatures());
      assertTrue(SmallGraph.difference(before, after) < 1e-4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatIsClosedEmptyOrMissing(ChosenRunner runner) {
    ComputationGraph graph = graph();
    try (GraphRunner own = runner.of(graph)) {
      refused(IllegalArgumentException.class, "no inputs", () -> own.output(null));
      refused(
          IllegalArgumentException.class,
          "no targets",
          () -> own.step(new DataSet(data.getFeatures(), null)));
      refused(
          IllegalArgumentException.class,
          "no examples",
          () -> own.output(Nd4j.empty(DataType.FLOAT)));
      INDArray closed = data.getFeatures().dup();
      closed.close();
      refused(IllegalArgumentException.class, "closed", () -> own.output(closed));
      graph.close();
      refused(
          IllegalStateException.class, "graph was closed", () -> own.output(data.getFeatures()));
      refused(IllegalStateException.class, "graph was closed", () -> own.step(data));
    }
  }
}
