package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import journey.data.LabeledImages;
import journey.engine.GraphRunner;
import journey.metrics.TrainingHistory;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/** A training that is cut short and taken up again ends as one that was not. */
class ResumedTrainingTest {

  private static final LabeledImages TRAIN = TinyCnn.pictures(120);
  private static final LabeledImages VALIDATION = TinyCnn.pictures(40);

  @TempDir Path folder;

  private static Trainer trainer(Recipe recipe) {
    return new Trainer(new TinyCnn(), recipe, 7).runner(GraphRunner::plain);
  }

  private void stopAfter(Recipe recipe, int epochs) throws IOException {
    trainer(recipe).checkpoints(folder).fit(TRAIN, VALIDATION, epoch -> epoch < epochs);
  }

  private static void sameEnd(Trainer expected, Trainer found) {
    TrainingHistory history = expected.history();
    assertEquals(history.names(), found.history().names());
    assertArrayEquals(history.epochs(), found.history().epochs());
    for (String name : history.names()) {
      assertArrayEquals(history.series(name), found.history().series(name), name);
    }
    assertEquals(expected.graph().params(), found.graph().params());
    INDArray state = expected.graph().getUpdater().getStateViewArray();
    assertEquals(state, found.graph().getUpdater().getStateViewArray());
  }

  private Path file(int epoch) {
    return folder.resolve("epoch-%04d.zip".formatted(epoch));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void killedProcessesLeaveNothingToBeSeen() throws Exception {
    Recipe recipe = RunnableTraining.RECIPE;
    Trainer uninterrupted = trainer(recipe);
    uninterrupted.fit(TRAIN, VALIDATION);

    killOnce(() -> Files.exists(file(1)));
    killOnce(() -> Files.exists(NetworkZip.unfinished(file(3))) || Files.exists(file(5)));
    killOnce(() -> Files.exists(file(5)));
    Trainer resumed = trainer(recipe).checkpoints(folder);
    TrainedCnn trained = resumed.fit(TRAIN, VALIDATION);

    assertEquals(TrainedCnn.Ending.COMPLETE, trained.ending());
    sameEnd(uninterrupted, resumed);
    assertEquals(List.of(file(7), file(8)), files());
  }

  private void killOnce(BooleanSupplier moment) throws Exception {
    Process process = RunnableTraining.start(folder);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!moment.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "the training does not get there");
      if (!process.isAlive()) {
        throw new AssertionError("the training ended early with status " + process.exitValue());
      }
      Thread.onSpinWait();
    }
    process.destroyForcibly().waitFor();
  }

  @Test
  void everyAveragingAndUpdaterGoesOnAsItWas() throws IOException {
    for (WeightAveraging averaging :
        List.of(WeightAveraging.NONE, new WeightAveraging(3, 0.9, false))) {
      Recipe recipe = TinyCnn.with(new Adam(0.01), 3, averaging);
      Trainer uninterrupted = trainer(recipe);
      uninterrupted.fit(TRAIN, VALIDATION);
      stopAfter(recipe, 1);
      Trainer resumed = trainer(recipe).checkpoints(folder);
      resumed.fit(TRAIN, VALIDATION);
      sameEnd(uninterrupted, resumed);
      for (Path file : files()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aDamagedCheckpointIsPassedOver() throws IOException {
    Trainer uninterrupted = trainer(TinyCnn.RECIPE);
    uninterrupted.fit(TRAIN, VALIDATION);
    stopAfter(TinyCnn.RECIPE, 3);
    byte[] whole = Files.readAllBytes(file(3));
    float[] expected = parameters(file(3));
    byte[] changed = whole.clone();
    changed[whole.length / 2] ^= 1;
    for (byte[] damaged :
        List.of(
            Arrays.copyOf(whole, whole.length / 2),
            changed,
            new byte[0],
            "not a checkpoint".getBytes())) {
      Files.write(file(3), damaged);
      Trainer resumed = trainer(TinyCnn.RECIPE).checkpoints(folder);
      List<Integer> heard = new ArrayList<>();
      resumed.fit(TRAIN, VALIDATION, epoch -> heard.add(epoch) && epoch < 3);
      assertEquals(List.of(2, 3), heard);
      assertArrayEquals(expected, parameters(file(3)));
    }
    Trainer resumed = trainer(TinyCnn.RECIPE).checkpoints(folder);
    resumed.fit(TRAIN, VALIDATION);
    sameEnd(uninterrupted, resumed);
  }

  private static float[] parameters(Path file) throws IOException {
    return NetworkZip.read(file).parameters().ravel().toFloatVector();
  }

  @Test
  void ifNoneIsGoodTheErrorSaysWhichAndWhatToDo() throws IOException {
    Files.writeString(file(2), "no");
    Files.writeString(file(1), "neither");
    Trainer trainer = trainer(TinyCnn.RECIPE).checkpoints(folder);
    String message =
        assertThrows(CheckpointException.class, () -> trainer.fit(TRAIN, VALIDATION)).getMessage();
    assertTrue(message.contains("epoch-0001.zip") && message.contains("epoch-0002.zip"), message);
    assertTrue(message.contains("Delete"), message);
  }

  @Test
  void aCheckpointOfAnotherTrainingIsRefused() throws IOException {
    stopAfter(TinyCnn.RECIPE, 1);
    Trainer other = trainer(TinyCnn.with(new Adam(0.01), 4.5, TinyCnn.RECIPE.averaging()));
    refuses(other, TRAIN, "updater");
    refuses(new Trainer(new TinyCnn(), TinyCnn.RECIPE, 8), TRAIN, "seed is 7, but now it is 8");
    refuses(trainer(TinyCnn.RECIPE), TRAIN.first(119), "ing");
  }

  private void refuses(Trainer trainer, LabeledImages train, String difference) {
    String message =
        assertThrows(
                CheckpointException.class, () -> trainer.checkpoints(folder).fit(train, VALIDATION))
            .getMessage();
    assertTrue(message.contains(difference) && message.contains("epoch-0001.zip"), message);
  }

  @Test
  void aFinishedTrainingIsNotRepeated() throws IOException {
    trainer(TinyCnn.RECIPE).checkpoints(folder).fit(TRAIN, VALIDATION);
    Trainer again =
        new Trainer(new TinyCnn(), TinyCnn.RECIPE, 7)
            .checkpoints(folder)
            .runner(GraphRunner::plain);
    long written = Files.getLastModifiedTime(file(5)).toMillis();
    TrainedCnn trained = again.fit(TRAIN, VALIDATION);
    assertEquals(TrainedCnn.Ending.COMPLETE, trained.ending());
    assertEquals(5, trained.history().size());
    assertTrue(trained.imagesPerSecond() > 0);
    assertEquals(written, Files.getLastModifiedTime(file(5)).toMillis());
  }

  /** It is a file of Deeplearning4j's, and of a classifier too. */
  @Test
  void aCheckpointIsAnOrdinaryNetwork() throws IOException {
    Trainer trainer = trainer(TinyCnn.RECIPE).checkpoints(folder);
    trainer.fit(TRAIN, VALIDATION);
    ComputationGraph plain = ModelSerializer.restoreComputationGraph(file(5).toFile(), true);
    assertEquals(trainer.graph().params(), plain.params());
    assertEquals(
        trainer.graph().getUpdater().getStateViewArray(), plain.getUpdater().getStateViewArray());
    assertNotNull(CnnClassifier.load(file(5)).predict(picture()));
  }

  private Path picture() throws IOException {
    Path file = folder.resolve("picture.png");
    ImageIO.write(TRAIN.picture(0), "png", file.toFile());
    return file;
  }

  /** The training that is killed, in a process of its own. */
  static final class RunnableTraining {

    static final Recipe RECIPE =
        TinyCnn.with(TinyCnn.RECIPE.updater(), 7.5, TinyCnn.RECIPE.averaging());

    private RunnableTraining() {}

    /** So slowly that there is time to kill it. */
    public static void main(String[] folder) throws IOException {
      trainer(RECIPE)
          .checkpoints(Path.of(folder[0]))
          .fit(TRAIN, VALIDATION, RunnableTraining::pause);
    }

    private static boolean pause(int epoch) {
      try {
        Thread.sleep(300);
        return true;
      } catch (InterruptedException e) {
        return false;
      }
    }

    static Process start(Path folder) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      // Natives and threads must be the same, or the last digits are not.
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(option -> option.startsWith("-Dorg.") || option.startsWith("-Xmx"))
          .forEach(command::add);
      command.addAll(
          List.of(
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
              RunnableTraining.class.getName(),
              folder.toString()));
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(File.createTempFile("training", ".log", folder.getParent().toFile()))
          .start();
    }
  }
}
