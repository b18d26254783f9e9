package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import journey.data.Augmentation;
import journey.data.ImageShape;
import journey.data.LabeledImages;
import journey.engine.Acceleration;
import journey.engine.GraphRunner;
import journey.metrics.TrainingHistory;
import journey.nn.LearningRateSchedule;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;

class TransferredCnnTest {

  private static final ImageShape SHAPE = new ImageShape(3, 16);

  private static Recipe recipe(double epochs) {
    return new Recipe(
        epochs,
        16,
        new Adam(0.01),
        new L2Regularization(1e-4),
        LearningRateSchedule.cosine(1),
        0,
        Augmentation.NONE,
        MuonSettings.NONE);
  }

  /** Pictures of two classes that differ in brightness. */
  private static LabeledImages pictures(int count) {
    byte[] pixels = new byte[count * SHAPE.features()];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 2;
      int from = i * SHAPE.features();
      Arrays.fill(pixels, from, from + SHAPE.features(), (byte) (60 + 80 * labels[i] + i % 7));
      pixels[from + 100 + i] = 0;
    }
    return new LabeledImages(SHAPE, pixels, labels, List.of("dark", "bright"));
  }

  static Stream<CnnArchitecture> architectures() {
    return Stream.of(
        new BasicCnn(SHAPE, 3, 4),
        new ImprovedCnn(SHAPE, 3, 4),
        new ResidualCnn(SHAPE, 3, 4),
        new FastCnn(SHAPE, 3, 4));
  }

  static Stream<Arguments> cases() {
    return architectures().flatMap(a -> Stream.of(Arguments.of(a, 0.0), Arguments.of(a, 0.1)));
  }

  private static INDArray flat(ComputationGraph graph, String layer) {
    return graph.getLayer(layer).params().reshape(-1);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void takesOverAllButTheLastLayer(CnnArchitecture architecture) {
    ComputationGraph base = architecture.network(recipe(1), 1);
    float[] before = base.params().toFloatVector();
    ComputationGraph graph = new TransferredCnn(base, 2, 0.1).network(recipe(1), 2);
    for (var layer : base.getLayers()) {
      String name = layer.conf().getLayer().getLayerName();
      if (!name.equals("output") && layer.numParams() > 0) {
        assertEquals(flat(base, name), flat(graph, name), name);
      }
    }
    var output = (FeedForwardLayer) graph.getLayer("output").conf().getLayer();
    assertEquals(2, output.getNOut());
    assertArrayEquals(before, base.params().toFloatVector());
    INDArray rows = graph.outputSingle(Nd4j.rand(SHAPE.batch(3)));
    assertArrayEquals(new long[] {3, 2}, rows.shape());
    assertEquals(3, rows.sumNumber().doubleValue(), 1e-5);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTrainedAsDeeplearning4jDoes(CnnArchitecture architecture, double share) {
    ComputationGraph base = architecture.network(recipe(1), 1);
    var transferred = new TransferredCnn(base, 2, share);
    Recipe gentle = TinyCnn.with(new Sgd(1e-3), 1, MuonSettings.NONE);
    ComputationGraph fast = withoutDropout(transferred.network(gentle, 2));
    ComputationGraph plain = withoutDropout(transferred.network(gentle, 2));
    plain.setParams(fast.params());
    var random = Nd4j.getRandomFactory().getNewRandomInstance(5);
    DataSet batch =
        new DataSet(
            Nd4j.randn(0, 1, SHAPE.batch(12), random),
            Nd4j.eye(2).castTo(DataType.FLOAT).repeat(0, 6));
    try (GraphRunner one = GraphRunner.of(fast);
        GraphRunner other = GraphRunner.plain(plain)) {
      assertEquals(
          Acceleration.detect().on(), one.description().startsWith("oneDNN"), one.description());
      for (int step = 0; step < 3; step++) {
        double loss = other.step(batch);
        assertEquals(loss, one.step(batch), 1e-3 * loss);
      }
    }
    double difference = plain.params().distance2(fast.params());
    double length = plain.params().norm2Number().doubleValue();
    assertTrue(difference < 1e-4 * length, () -> difference + " of " + length);
  }

  /** The new layer has that of the old one, and the masks are others in each runner. */
  private static ComputationGraph withoutDropout(ComputationGraph graph) {
    graph.getLayer("output").conf().getLayer().setIDropout(null);
    return graph;
  }

  @Test
  void frozenLayersStayAsTheyAreAndTheNewOneLearns() throws IOException {
    ComputationGraph base = new ImprovedCnn(SHAPE, 3, 4).network(recipe(1), 1);
    LabeledImages images = pictures(60);
    var trained = new Trainer(new TransferredCnn(base, 2, 0), recipe(40), 1).fit(images);
    ComputationGraph graph = trained.classifier().graph();
    for (var layer : graph.getLayers()) {
      String name = layer.conf().getLayer().getLayerName();
      assertEquals(!name.equals("output"), layer instanceof FrozenLayer, name);
      if (!name.equals("output") && layer.numParams() > 0) {
        assertEquals(flat(base, name), flat(graph, name), name);
      }
    }
    double[] losses = trained.history().series(TrainingHistory.TRAIN_LOSS);
    assertTrue(losses[39] < 0.5 * losses[0], Arrays.toString(losses));
    assertEquals(List.of(TrainingHistory.TRAIN_LOSS), trained.history().names());
  }

  @Test
  void whatWasTakenOverLearnsAtAShareOfTheRate() throws IOException {
    ComputationGraph base = new BasicCnn(SHAPE, 3, 4).network(recipe(1), 1);
    Recipe oneStep =
        new Recipe(
            1,
            60,
            new Sgd(0.1),
            new L2Regularization(0),
            progress -> 1,
            0,
            Augmentation.NONE,
            MuonSettings.NONE);
    INDArray whole = change(base, oneStep, 1).get("conv1");
    INDArray tenth = change(base, oneStep, 0.1).get("conv1");
    assertTrue(whole.norm2Number().doubleValue() > 0);
    assertEquals(0, whole.mul(0.1).distance2(tenth), 1e-4 * whole.norm2Number().doubleValue());
    assertEquals(
        0,
        change(base, oneStep, 1).get("output").distance2(change(base, oneStep, 0.1).get("output")),
        1e-6);
  }

  private record Change(ComputationGraph before, ComputationGraph after) {

    INDArray get(String layer) {
      return flat(after, layer).sub(flat(before, layer));
    }
  }

  private static Change change(ComputationGraph base, Recipe recipe, double share)
      throws IOException {
    var transferred = new TransferredCnn(base, 2, share);
    var trained = new Trainer(transferred, recipe, 1).fit(pictures(60));
    return new Change(transferred.network(recipe, 1), trained.classifier().graph());
  }

  @Test
  void keepsThePreprocessingItIsGiven() throws IOException {
    CnnClassifier base =
        new Trainer(new BasicCnn(SHAPE, 2, 4), recipe(1), 1).fit(pictures(20)).classifier();
    LabeledImages others = pictures(40).ofClass(1);
    var trained =
        new Trainer(new TransferredCnn(base.graph(), 2, 0), recipe(1), 1)
            .preprocessing(base.preprocessing())
            .fit(others);
    assertEquals(base.preprocessing(), trained.classifier().preprocessing());
  }

  @Test
  void isSavedAndReadWithItsFrozenLayers(@TempDir Path folder) throws IOException {
    ComputationGraph base = new ResidualCnn(SHAPE, 3, 4).network(recipe(1), 1);
    LabeledImages images = pictures(20);
    CnnClassifier classifier =
        new Trainer(new TransferredCnn(base, 2, 0), recipe(2), 1).fit(images).classifier();
    classifier.save(folder.resolve("frozen.zip"));
    CnnClassifier read = CnnClassifier.load(folder.resolve("frozen.zip"));
    assertEquals(classifier.probabilities(images), read.probabilities(images));
    assertTrue(read.graph().getLayer("conv1") instanceof FrozenLayer);
  }

  @Test
  void isResumedFromTheSameBaseAndShareOnly(@TempDir Path folder) throws IOException {
    LabeledImages images = pictures(20);
    ComputationGraph base = new BasicCnn(SHAPE, 3, 4).network(recipe(1), 1);
    ComputationGraph another = new BasicCnn(SHAPE, 3, 4).network(recipe(1), 2);
    new Trainer(new TransferredCnn(base, 2, 0.1), recipe(2), 1)
        .checkpoints(folder)
        .fit(images, images, epoch -> false);
    for (var changed :
        List.of(new TransferredCnn(another, 2, 0.1), new TransferredCnn(base, 2, 0.2))) {
      Trainer trainer = new Trainer(changed, recipe(2), 1).checkpoints(folder);
      String problem =
          assertThrows(CheckpointException.class, () -> trainer.fit(images, images)).getMessage();
      assertTrue(problem.contains("its origin is"), problem);
    }
    Trainer same =
        new Trainer(new TransferredCnn(base.clone(), 2, 0.1), recipe(2), 1).checkpoints(folder);
    same.fit(images, images);
    assertEquals(2, same.history().size());
  }

  /** It moves filters by itself, beside the updater. */
  @Test
  void muonLeavesFrozenFiltersAlone() {
    Recipe fast = Recipes.fast(1);
    ComputationGraph base = new FastCnn(SHAPE, 2, 4).network(fast, 1);
    ComputationGraph graph =
        new TransferLearning.GraphBuilder(base).setFeatureExtractor("act3").build();
    graph.addListeners(new Muon(graph, fast.muon()));
    DataSet batch = new DataSet(Nd4j.rand(SHAPE.batch(2)), Nd4j.eye(2).castTo(DataType.FLOAT));
    try (GraphRunner runner = GraphRunner.of(graph)) {
      runner.step(batch);
    }
    assertEquals(flat(base, "conv1"), flat(graph, "conv1"));
    assertFalse(flat(base, "conv6").equals(flat(graph, "conv6")));
  }

  @Test
  void refusesAShareThatIsNone() {
    ComputationGraph base = new BasicCnn(SHAPE, 3, 4).network(recipe(1), 1);
    for (double share : new double[] {-0.1, 1.5, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new TransferredCnn(base, 2, share));
    }
  }
}
