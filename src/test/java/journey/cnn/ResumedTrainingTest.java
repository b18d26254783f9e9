package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import journey.data.LabeledImages;
import journey.engine.ChosenRunner;
import journey.engine.GraphRunner;
import journey.file.ReplacedFile;
import journey.metrics.TrainingHistory;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

/** A training that is cut short and taken up again ends as one that was not. */
class ResumedTrainingTest {

  private static final LabeledImages TRAIN = SlowTraining.TRAIN;
  private static final LabeledImages VALIDATION = SlowTraining.VALIDATION;

  @TempDir Path folder;

  private static Trainer trainer(Recipe recipe) {
    return SlowTraining.trainer(recipe, ChosenRunner.PLAIN);
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
      return files.filter(file -> !file.endsWith(".lock")).sorted().toList();
    }
  }

  /** Right after a checkpoint, while one is written, and at moments within an epoch. */
  @ParameterizedTest
  @EnumSource
  void killedProcessesLeaveNothingToBeSeen(ChosenRunner runner) throws Exception {
    Recipe recipe = SlowTraining.RECIPE;
    Trainer uninterrupted = SlowTraining.trainer(recipe, runner);
    uninterrupted.fit(TRAIN, VALIDATION);

    if (runner == ChosenRunner.PLAIN) {
      killOnce(runner, () -> Files.exists(file(1)), 0);
      killOnce(runner, () -> isBeingWritten(file(3)) || Files.exists(file(4)), 0);
      killOnce(runner, () -> Files.exists(file(5)), 0);
    } else {
      var random = new SplittableRandom(5);
      for (int epoch : List.of(1, 4)) {
        int delay = random.nextInt(SlowTraining.STEP_MILLIS, 6 * SlowTraining.STEP_MILLIS);
        killOnce(runner, () -> Files.exists(file(epoch)), delay);
      }
    }
    Trainer resumed = SlowTraining.trainer(recipe, runner).checkpoints(folder);
    TrainedCnn trained = resumed.fit(TRAIN, VALIDATION);

    assertEquals(TrainedCnn.Ending.COMPLETE, trained.ending());
    sameEnd(uninterrupted, resumed);
    assertEquals(List.of(file(7), file(8)), files());
  }

  private static boolean isBeingWritten(Path file) {
    try {
      return !ReplacedFile.parts(file).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void killOnce(ChosenRunner runner, BooleanSupplier moment, int delayMillis)
      throws Exception {
    Process process = SlowTraining.start(folder, runner);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!moment.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "the training does not get there");
      if (!process.isAlive()) {
        throw new AssertionError("the training ended early with status " + process.exitValue());
      }
      Thread.onSpinWait();
    }
    Thread.sleep(delayMillis);
    assertTrue(process.isAlive(), "the training was at its end before it could be killed");
    process.destroyForcibly().waitFor();
  }

  @Test
  void anotherProcessCannotUseTheFolderUntilTheTrainingHasEndedOrWasKilled() throws Exception {
    Process process = SlowTraining.start(folder, ChosenRunner.PLAIN);
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!Files.exists(file(1))) {
        assertTrue(System.nanoTime() < end && process.isAlive(), "the training does not get there");
        Thread.sleep(5);
      }
      refuses(new Trainer(new TinyCnn(), TinyCnn.RECIPE, 8), "of process " + process.pid());
      refuses(trainer(SlowTraining.RECIPE), folder.toString());
    } finally {
      process.destroyForcibly().waitFor();
    }
    trainer(SlowTraining.RECIPE).checkpoints(folder).fit(TRAIN, VALIDATION, epoch -> epoch < 2);
  }

  /** The training must not be lost where its checkpoints are. */
  @Test
  void aFullDiskEndsNoTraining() throws Exception {
    Path bash = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(bash), "there is no bash here to limit a process with");
    // No file may become larger than 1 kB; the lock may be made, but no checkpoint.
    Process process =
        SlowTraining.command(
                folder,
                ChosenRunner.PLAIN,
                bash.toString(),
                "-c",
                "ulimit -f 1 && exec \"$@\"",
                "-")
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertTrue(output.strip().endsWith("COMPLETE"), output);
    String said = "The training goes on, but without a checkpoint: " + file(1);
    assertTrue(output.contains(said) && output.contains("File too large"), output);
    assertEquals(2, output.split("without a checkpoint").length, output);
    assertEquals(List.of(), files());
  }

  @Test
  void anotherTrainingOfThisProcessCannotUseTheFolderEither() throws IOException {
    Path sameFolder = folder.resolve("..").resolve(folder.getFileName());
    Trainer other = new Trainer(new TinyCnn(), TinyCnn.RECIPE, 8);
    Trainer trainer = trainer(TinyCnn.RECIPE).checkpoints(folder);
    trainer.fit(
        TRAIN,
        VALIDATION,
        epoch -> {
          CheckpointException problem =
              assertThrows(
                  CheckpointException.class,
                  () -> other.checkpoints(sameFolder).fit(TRAIN, VALIDATION));
          assertTrue(problem.getMessage().contains("this process"), problem::getMessage);
          return epoch < 2;
        });
    // The training has ended, but its checkpoints are there; an error ends it too.
    String message =
        assertThrows(
                CheckpointException.class, () -> other.checkpoints(folder).fit(TRAIN, VALIDATION))
            .getMessage();
    assertTrue(message.contains("of another training: its seed is 7"), message);
    Trainer failing = trainer(TinyCnn.RECIPE).checkpoints(folder);
    assertThrows(
        IllegalStateException.class,
        () ->
            failing.fit(
                TRAIN,
                VALIDATION,
                epoch -> {
                  throw new IllegalStateException("a listener's fault");
                }));
    trainer.fit(TRAIN, VALIDATION, epoch -> epoch < 3);
    assertEquals(List.of(file(2), file(3)), files());
  }

  private void refuses(Trainer trainer, String words) {
    String message =
        assertThrows(
                CheckpointException.class, () -> trainer.checkpoints(folder).fit(TRAIN, VALIDATION))
            .getMessage();
    assertTrue(message.contains(words) && message.contains("Name another folder"), message);
  }

  @Test
  void anotherUpdaterWithMuonOrWithoutGoesOnAsItWas() throws IOException {
    for (MuonSettings muon : List.of(MuonSettings.NONE, new MuonSettings(0.2, 0.9))) {
      Recipe recipe = TinyCnn.with(new Adam(0.01), 3, muon);
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
    changed[whole.length / 3] ^= 1;
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

  /** They stay, until this training gets as far. */
  @Test
  void newerCheckpointsThatAreNotOfThisTrainingArePassedOver(@TempDir Path elsewhere)
      throws IOException {
    Trainer uninterrupted = trainer(TinyCnn.RECIPE);
    uninterrupted.fit(TRAIN, VALIDATION);
    stopAfter(TinyCnn.RECIPE, 2);
    new Trainer(new TinyCnn(), TinyCnn.RECIPE, 8)
        .runner(GraphRunner::plain)
        .checkpoints(elsewhere)
        .fit(TRAIN, VALIDATION, epoch -> epoch < 4);
    Files.move(elsewhere.resolve("epoch-0004.zip"), file(4));
    ModelSerializer.writeModel(uninterrupted.graph(), file(5).toFile(), true);

    List<Integer> heard = new ArrayList<>();
    String output = printed(() -> resumeUntil(3, heard));
    assertEquals(List.of(2, 3), heard);
    assertEquals(List.of(file(2), file(3), file(4), file(5)), files());
    assertTrue(output.contains(file(5) + " was not saved by this project"), output);
    assertTrue(output.contains(file(4) + " is of another training: its seed is 8"), output);

    Trainer resumed = trainer(TinyCnn.RECIPE).checkpoints(folder);
    resumed.fit(TRAIN, VALIDATION);
    sameEnd(uninterrupted, resumed);
    assertEquals(List.of(file(4), file(5)), files());
    assertArrayEquals(resumed.graph().params().ravel().toFloatVector(), parameters(file(5)));
  }

  private void resumeUntil(int last, List<Integer> heard) {
    try {
      trainer(TinyCnn.RECIPE)
          .checkpoints(folder)
          .fit(TRAIN, VALIDATION, epoch -> heard.add(epoch) && epoch < last);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String printed(Runnable action) {
    PrintStream before = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void ifAllAreOfOthersTheErrorSaysSoOfEach() throws IOException {
    stopAfter(TinyCnn.RECIPE, 2);
    ModelSerializer.writeModel(new TinyCnn().network(TinyCnn.RECIPE, 7), file(3).toFile(), false);
    Trainer other = new Trainer(new TinyCnn(), TinyCnn.RECIPE, 8).checkpoints(folder);
    String message =
        assertThrows(CheckpointException.class, () -> other.fit(TRAIN, VALIDATION)).getMessage();
    assertTrue(message.contains(file(1) + " is of another training: its seed is 7"), message);
    assertTrue(message.contains(file(2) + " is of another training: its seed is 7"), message);
    assertTrue(message.contains(file(3) + " was not saved by this project"), message);
    assertEquals(List.of(file(1), file(2), file(3)), files());
  }

  /** What a number looks like there must not make it another training. */
  @Test
  void aTrainingGoesOnUnderAnotherLocale() throws IOException {
    Trainer uninterrupted = trainer(TinyCnn.RECIPE);
    uninterrupted.fit(TRAIN, VALIDATION);
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("en", "de", "ar-EG")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        stopAfter(TinyCnn.RECIPE, files().size() + 1);
      }
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(List.of(file(2), file(3)), files());
    Trainer resumed = trainer(TinyCnn.RECIPE).checkpoints(folder);
    resumed.fit(TRAIN, VALIDATION);
    sameEnd(uninterrupted, resumed);
  }

  /** Whether the end is found in this run or was there before it. */
  @Test
  void anEndedTrainingIsTheSameWhenItIsTakenUpAgain() throws IOException {
    Recipe recipe = TinyCnn.with(new Adam(0.01), 3, MuonSettings.NONE);
    Trainer stopped = trainer(recipe).checkpoints(folder);
    stopped.fit(TRAIN, VALIDATION, epoch -> epoch < 2);
    INDArray left = stopped.graph().params();
    assertArrayEquals(left.ravel().toFloatVector(), parameters(file(2)));

    Trainer again = trainer(recipe).checkpoints(folder);
    TrainedCnn trained = again.fit(TRAIN, VALIDATION, epoch -> false);
    assertEquals(TrainedCnn.Ending.STOPPED_BY_LISTENER, trained.ending());
    assertEquals(left, again.graph().params());

    Trainer late = trainer(recipe).checkpoints(folder).timeBudget(Duration.ofNanos(1));
    assertEquals(TrainedCnn.Ending.OUT_OF_TIME, late.fit(TRAIN, VALIDATION).ending());
    assertEquals(left, late.graph().params());
  }

  @Test
  void anInterruptInTheLastStepOfAnEpochLosesNothing() throws IOException {
    Trainer uninterrupted = trainer(TinyCnn.RECIPE);
    uninterrupted.fit(TRAIN, VALIDATION);
    assertEquals(TrainedCnn.Ending.INTERRUPTED, interruptedIn(2 * 8));
    assertEquals(List.of(file(1), file(2)), files());
    assertEquals(TrainedCnn.Ending.COMPLETE, interruptedIn(2 * 8 + 4));
    assertEquals(List.of(file(4), file(5)), files());
    Trainer resumed = trainer(TinyCnn.RECIPE).checkpoints(folder);
    resumed.fit(TRAIN, VALIDATION);
    sameEnd(uninterrupted, resumed);
  }

  private TrainedCnn.Ending interruptedIn(int step) throws IOException {
    return trainer(TinyCnn.RECIPE)
        .runner(graph -> Interruption.inStep(step, GraphRunner.plain(graph)))
        .checkpoints(folder)
        .fit(TRAIN, VALIDATION)
        .ending();
  }

  @Test
  void aCheckpointOfAnotherTrainingIsRefused() throws IOException {
    stopAfter(TinyCnn.RECIPE, 1);
    Trainer other = trainer(TinyCnn.with(new Adam(0.01), 4.5, TinyCnn.RECIPE.muon()));
    refuses(other, TRAIN, "updater");
    refuses(new Trainer(new TinyCnn(), TinyCnn.RECIPE, 8), TRAIN, "seed is 7, but now it is 8");
    refuses(trainer(TinyCnn.RECIPE), TRAIN.first(119), "ing");
    refuses(
        trainer(TinyCnn.RECIPE).testTimeAugmentation(TestTimeAugmentation.MIRROR),
        TRAIN,
        "test-time augmentation is NONE, but now it is MIRROR");
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
}
