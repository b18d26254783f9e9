package journey.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import journey.cnn.AveragedTraining;
import journey.cnn.MuonSettings;
import journey.cnn.Recipe;
import journey.cnn.TinyCnn;
import journey.cnn.TrainedCnn;
import journey.cnn.Trainer;
import journey.cnn.Workers;
import journey.data.LabeledImages;
import journey.memory.Threads;
import journey.nn.DivergedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Nesterovs;

class SparkWorkersTest {

  private final LabeledImages train = TinyCnn.pictures(200);
  private final LabeledImages validation = TinyCnn.pictures(60);

  private static AveragedTraining training(Workers workers) {
    return new AveragedTraining(new TinyCnn(), TinyCnn.RECIPE, 7, workers).every(3);
  }

  private static float[] weights(TrainedCnn trained) {
    return trained.classifier().graph().params().toFloatVector();
  }

  @Test
  void oneWorkerTrainsAsATrainerDoesBitForBit() throws Exception {
    TrainedCnn expected =
        Threads.alone(() -> new Trainer(new TinyCnn(), TinyCnn.RECIPE, 7).fit(train, validation));
    try (Cluster cluster = Cluster.at("local[1]", 1)) {
      TrainedCnn found = training(cluster.workers()).fit(train, validation);
      assertArrayEquals(weights(expected), weights(found));
      assertTrue(found.runner().startsWith("1 worker at local[1]"), found.runner());
      assertTrue(found.runner().endsWith(", averaged every 3 steps"), found.runner());
    }
  }

  /** Killed while the rounds of the second epoch are under way, and again in the fourth. */
  @Test
  void twoProcessesTrainAsOneDoesThoughWorkersAreKilled(@TempDir Path folder) throws Exception {
    TrainedCnn expected = Threads.alone(() -> training(Workers.here(2)).fit(train, validation));
    try (Cluster cluster = TestCluster.of(2)) {
      List<Thread> killers = new ArrayList<>();
      TrainedCnn found =
          training(cluster.workers())
              .checkpoints(folder)
              .fit(
                  train,
                  validation,
                  epoch -> {
                    if (epoch == 1 || epoch == 3) {
                      killers.add(killer(processes(cluster).get(0)));
                    }
                    return true;
                  });
      for (Thread killer : killers) {
        killer.join();
      }
      assertEquals(2, killers.size());
      assertEquals(TrainedCnn.Ending.COMPLETE, found.ending());
      assertArrayEquals(weights(expected), weights(found));
    }
  }

  private static List<Long> processes(Cluster cluster) {
    try {
      return cluster.processes();
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  private static Thread killer(long process) {
    var killer =
        new Thread(
            () -> {
              try {
                Thread.sleep(30);
              } catch (InterruptedException atOnce) {
                // Then now.
              }
              ProcessHandle.of(process).orElseThrow().destroyForcibly();
            });
    killer.start();
    return killer;
  }

  @Test
  void aTrainingThatDivergesSaysSo() {
    Recipe hot = TinyCnn.with(new Nesterovs(1e30, 0.9), 3, MuonSettings.NONE);
    try (Cluster cluster = Cluster.at("local[2]", 2)) {
      var training = new AveragedTraining(new TinyCnn(), hot, 7, cluster.workers());
      assertThrows(DivergedException.class, () -> training.fit(train, validation));
    }
  }

  @Test
  void picturesArriveAsTheyWere() {
    LabeledImages some = train.subset(IntStream.of(7, 3, 199).toArray());
    LabeledImages arrived = Pictures.of(some).images();
    assertEquals(some.sha256(), arrived.sha256());
    assertEquals(some.classNames(), arrived.classNames());
  }
}
