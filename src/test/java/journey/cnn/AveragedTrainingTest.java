package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import journey.data.Augmentation;
import journey.data.ChannelStandardizer;
import journey.data.LabeledImages;
import journey.data.MiniBatches;
import journey.data.Targets;
import journey.engine.GraphRunner;
import journey.metrics.TrainingHistory;
import journey.nn.DivergedException;
import journey.nn.LearningRateSchedule;
import journey.progress.Progress;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;

class AveragedTrainingTest {

  private static final int SEED = 7;

  private final LabeledImages train = TinyCnn.pictures(200);
  private final LabeledImages validation = TinyCnn.pictures(60);

  private static AveragedTraining training(int workers) {
    return new AveragedTraining(new TinyCnn(), TinyCnn.RECIPE, SEED, Workers.here(workers));
  }

  private static float[] weights(TrainedCnn trained) {
    return trained.classifier().graph().params().toFloatVector();
  }

  /** With batch norm, dropout, augmentation, a schedule, Nesterov's momentum and Muon's. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1000})
  void oneWorkerTrainsAsATrainerDoesBitForBit(int interval) throws IOException {
    TrainedCnn expected = new Trainer(new TinyCnn(), TinyCnn.RECIPE, SEED).fit(train, validation);
    TrainedCnn found = training(1).every(interval).fit(train, validation);
    assertArrayEquals(weights(expected), weights(found));
    for (String name : expected.history().names()) {
      assertArrayEquals(expected.history().series(name), found.history().series(name), 1e-6, name);
    }
    assertEquals(TrainedCnn.Ending.COMPLETE, found.ending());
    assertEquals(
        expected.classifier().graph().getIterationCount(),
        found.classifier().graph().getIterationCount());
    assertTrue(found.runner().startsWith("1 worker in this process, averaged every "));
  }

  @Test
  void whatTwoWorkersAverageAtEachStepIsABatchOfTwiceTheSizeWithMomentum() throws IOException {
    requireTheSameAsADoubleBatch(new Nesterovs(0.05, 0.9));
  }

  @Test
  void whatTwoWorkersAverageAtEachStepIsABatchOfTwiceTheSizeWithout() throws IOException {
    requireTheSameAsADoubleBatch(new Sgd(0.05));
  }

  private void requireTheSameAsADoubleBatch(IUpdater updater) throws IOException {
    var recipe =
        new Recipe(
            2,
            10,
            updater,
            new L2Regularization(1e-3),
            LearningRateSchedule.constant(1),
            0,
            Augmentation.NONE,
            MuonSettings.NONE);
    TrainedCnn averaged =
        new AveragedTraining(new PlainCnn(), recipe, SEED, Workers.here(2))
            .every(1)
            .fit(train, validation);

    ComputationGraph graph = new PlainCnn().network(recipe, SEED);
    float[] start = graph.params().toFloatVector();
    List<MiniBatches> shards = List.of(shard(0), shard(1));
    try (GraphRunner runner = GraphRunner.of(graph)) {
      for (int epoch : new int[] {1, 2}) {
        Iterator<DataSet> first = shards.get(0).epoch(epoch).iterator();
        Iterator<DataSet> second = shards.get(1).epoch(epoch).iterator();
        while (first.hasNext()) {
          DataSet a = first.next();
          DataSet b = second.next();
          runner.step(
              new DataSet(
                  Nd4j.concat(0, a.getFeatures(), b.getFeatures()),
                  Nd4j.concat(0, a.getLabels(), b.getLabels())));
        }
      }
    }
    float[] expected = graph.params().toFloatVector();
    assertArrayEquals(expected, weights(averaged), 2e-6f);
    double moved =
        IntStream.range(0, start.length)
            .mapToDouble(i -> start[i] - expected[i])
            .map(Math::abs)
            .max()
            .orElseThrow();
    assertTrue(moved > 0.01, "the weights moved by " + moved);
  }

  private MiniBatches shard(int worker) {
    LabeledImages mine = train.subset(IntStream.range(0, 100).map(i -> 2 * i + worker).toArray());
    INDArray rows = ChannelStandardizer.fit(train).apply(mine);
    return new MiniBatches(
        rows.reshape(mine.shape().batch(100)), Targets.oneHot(mine), 10, SEED + worker);
  }

  @Test
  void seldomAveragingIsAnotherTrainingThatLearnsAsWell() throws IOException {
    TrainedCnn often = training(2).every(1).fit(train, validation);
    TrainedCnn seldom = training(2).fit(train, validation);
    assertFalse(Arrays.equals(weights(often), weights(seldom)));
    for (TrainedCnn each : List.of(often, seldom)) {
      double[] losses = each.history().series(TrainingHistory.TRAIN_LOSS);
      assertTrue(losses[losses.length - 1] < losses[0], Arrays.toString(losses));
    }
  }

  /** In the middle of the second epoch, of 7 steps in 3 rounds. */
  @Test
  void aTrainingThatIsTakenUpAgainEndsWithTheSameNetwork(@TempDir Path folder) throws IOException {
    TrainedCnn expected = training(2).every(3).fit(train, validation);
    var tired = new Tired(Workers.here(2), 4);
    TrainedCnn stopped =
        new AveragedTraining(new TinyCnn(), TinyCnn.RECIPE, SEED, tired)
            .every(3)
            .checkpoints(folder)
            .fit(train, validation);
    assertEquals(TrainedCnn.Ending.INTERRUPTED, stopped.ending());
    assertEquals(1, stopped.history().size());
    assertTrue(Files.exists(folder.resolve("round-0004.zip")));
    assertTrue(CnnClassifier.load(folder.resolve("round-0004.zip")).classNames().size() == 10);

    TrainedCnn found = training(2).every(3).checkpoints(folder).fit(train, validation);
    assertArrayEquals(weights(expected), weights(found));
    assertArrayEquals(
        expected.history().series(TrainingHistory.VALIDATION_LOSS),
        found.history().series(TrainingHistory.VALIDATION_LOSS));

    String message =
        assertThrows(
                CheckpointException.class,
                () -> training(1).every(3).checkpoints(folder).fit(train, validation))
            .getMessage();
    assertTrue(message.contains("its workers is 2, but now it is 1"), message);
  }

  /** Workers that are interrupted after so many rounds. */
  private record Tired(Workers workers, int rounds) implements Workers {
    @Override
    public int count() {
      return workers.count();
    }

    @Override
    public Crew begin(ShardTraining training, List<LabeledImages> shards) {
      Crew crew = workers.begin(training, shards);
      return new Crew() {
        private int done;

        @Override
        public NetworkState sum(NetworkState from, int steps, int until)
            throws InterruptedException {
          if (done++ == rounds) {
            throw new InterruptedException();
          }
          return crew.sum(from, steps, until);
        }

        @Override
        public void close() {
          crew.close();
        }
      };
    }
  }

  /** What one worker has begun, another goes on with. */
  @Test
  void aStepFollowsFromTheStateAndItsNumber() throws InterruptedException {
    var work =
        new ShardTraining(new TinyCnn(), TinyCnn.RECIPE, SEED, ChannelStandardizer.fit(train));
    try (ShardTrainer one = work.of(1, train);
        ShardTrainer other = work.of(1, train)) {
      NetworkState middle = one.train(other.state(), 0, 18);
      NetworkState expected = one.train(middle, 18, 23);
      NetworkState found = other.train(middle, 18, 23);
      assertArrayEquals(expected.parameters(), found.parameters());
      assertArrayEquals(expected.updater(), found.updater());
      assertArrayEquals(expected.momenta(), found.momenta());
      assertEquals(expected.lossSum(), found.lossSum());
      assertEquals(5 * 16, found.examples());
    }
  }

  @Test
  void trainingsCanShareABar() throws IOException {
    PrintStream out = System.out;
    var said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try (Progress bar = Progress.of("Comparing", 1800, " images")) {
      training(1).progress(bar).fit(train, validation);
      training(2).progress(bar).fit(train, validation);
    } finally {
      System.setOut(out);
    }
    String text = said.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("Comparing") && !text.contains("Training"), text);
  }

  @Test
  void aTrainingThatDivergesEnds() {
    Recipe hot = TinyCnn.with(new Nesterovs(1e30, 0.9), 3, MuonSettings.NONE);
    var training = new AveragedTraining(new TinyCnn(), hot, SEED, Workers.here(2));
    assertThrows(DivergedException.class, () -> training.fit(train, validation));
  }

  @Test
  void eachWorkerNeedsAPicture() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> training(3).fit(train.first(2), validation))
            .getMessage();
    assertTrue(message.contains("at most that of the pictures, 2, but it is 3"), message);
    assertThrows(IllegalArgumentException.class, () -> training(0));
    assertThrows(IllegalArgumentException.class, () -> training(1).every(0));
  }
}
