package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import journey.data.Cifar10;
import journey.data.ImageShape;
import journey.data.LabeledImages;
import journey.engine.Acceleration;
import journey.engine.ChosenRunner;
import journey.engine.GraphRunner;
import journey.engine.LiveBytes;
import journey.metrics.TrainingHistory;
import journey.nn.DivergedException;
import journey.nn.LearningRateSchedule;
import journey.progress.Progress;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Nesterovs;

class TrainerTest {

  private final LabeledImages train = TinyCnn.pictures(200);
  private final LabeledImages validation = TinyCnn.pictures(60);

  private static Trainer trainer(Recipe recipe) {
    return new Trainer(new TinyCnn(), recipe, 7).runner(GraphRunner::plain);
  }

  @Test
  void trainsByTheRecipeAndSaysHowItWent() throws IOException {
    Trainer trainer = trainer(TinyCnn.RECIPE);
    TrainedCnn trained = trainer.fit(train, validation);

    TrainingHistory history = trained.history();
    assertEquals(TrainedCnn.Ending.COMPLETE, trained.ending());
    assertEquals(5, history.size());
    double[] losses = history.series(TrainingHistory.TRAIN_LOSS);
    assertTrue(losses[4] < losses[0], losses[0] + " to " + losses[4]);
    assertEquals(4 * 13 + 7, trainer.graph().getIterationCount());
    assertTrue(trained.seconds() > 0);
    assertEquals((4 * 200 + 7 * 16) / trained.seconds(), trained.imagesPerSecond(), 1e-6);
    assertTrue(trained.runner().contains("asked for"), trained.runner());
    INDArray answers = trained.classifier().probabilities(validation);
    int[] guesses = answers.argMax(1).toIntVector();
    int right = 0;
    for (int i = 0; i < guesses.length; i++) {
      right += guesses[i] == validation.label(i) ? 1 : 0;
    }
    assertEquals(right / 60.0, history.last(TrainingHistory.VALIDATION_ACCURACY), 1e-9);
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedTrainsTheSameNetworkEvenWithTheSameTrainer(ChosenRunner runner)
      throws IOException {
    Trainer trainer = trainer(TinyCnn.RECIPE).runner(runner::of);
    TrainedCnn trained = trainer.fit(train, validation);
    boolean accelerated = runner == ChosenRunner.FASTEST && Acceleration.detect().on();
    assertEquals(accelerated, trained.runner().startsWith("oneDNN"), trained.runner());
    INDArray once = trainer.graph().params().dup();
    trainer.fit(train, validation);
    assertEquals(once, trainer.graph().params());
    Trainer other = new Trainer(new TinyCnn(), TinyCnn.RECIPE, 8).runner(runner::of);
    other.fit(train, validation);
    assertNotEquals(once, other.graph().params());
  }

  @Test
  void asksAboutTrainingPicturesAgainWhereItIsTold() throws IOException {
    Trainer trainer = trainer(TinyCnn.RECIPE).trainAccuracy(60);
    TrainedCnn trained = trainer.fit(train, validation);
    assertEquals(
        List.of("train loss", "validation loss", "train accuracy", "validation accuracy"),
        trained.history().names());
    // The 60 are the validation pictures, too: both parts are equal as long as 60 are asked.
    assertEquals(
        trained.history().last(TrainingHistory.VALIDATION_ACCURACY),
        trained.history().last(TrainingHistory.TRAIN_ACCURACY));
    assertEquals(3, trainer(TinyCnn.RECIPE).fit(train, validation).history().names().size());
    assertThrows(IllegalArgumentException.class, () -> trainer.trainAccuracy(0));
  }

  @Test
  void severalTrainingsCanShareABar() throws IOException {
    int pictures = 4 * 200 + 7 * 16;
    var shown = new ByteArrayOutputStream();
    PrintStream out = System.out;
    System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try (Progress progress = Progress.of("Comparing", 2 * pictures, " images")) {
      trainer(TinyCnn.RECIPE).progress(progress).fit(train, validation);
      trainer(TinyCnn.RECIPE).progress(progress).fit(train, validation);
    } finally {
      System.setOut(out);
    }
    String text = shown.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("Comparing") && !text.contains("Training"), text);
    assertTrue(text.contains(2 * pictures + "/" + 2 * pictures), text);
  }

  @Test
  void anInterruptEndsAfterTheBatchInHandAndLeavesAUsableNetwork() throws IOException {
    Trainer trainer = new Trainer(new TinyCnn(), TinyCnn.RECIPE, 7);
    trainer.runner(graph -> Interruption.inStep(17, GraphRunner.plain(graph)));
    TrainedCnn trained = trainer.fit(train, validation);

    assertEquals(TrainedCnn.Ending.INTERRUPTED, trained.ending());
    assertFalse(Thread.currentThread().isInterrupted());
    assertEquals(17, trainer.graph().getIterationCount());
    assertEquals(1, trained.history().size());
    assertTrue(trained.classifier().probabilities(validation).sumNumber().doubleValue() > 59.9);
    Nesterovs peak = (Nesterovs) TinyCnn.RECIPE.updater();
    assertEquals(peak, new Nesterovs(0.1, 0.9), "the recipe is as it was");
  }

  @Test
  void theBudgetOfTimeAndTheListenerEndIt() throws IOException {
    Trainer trainer = trainer(TinyCnn.RECIPE).timeBudget(Duration.ofNanos(1));
    TrainedCnn trained = trainer.fit(train, validation);
    assertEquals(TrainedCnn.Ending.OUT_OF_TIME, trained.ending());
    assertEquals(1, trainer.graph().getIterationCount());
    assertEquals(1, trained.history().size());

    Trainer patient = trainer(TinyCnn.RECIPE);
    TrainedCnn stopped = patient.fit(train, validation, epoch -> epoch < 2);
    assertEquals(TrainedCnn.Ending.STOPPED_BY_LISTENER, stopped.ending());
    assertEquals(2, stopped.history().size());
  }

  @Test
  void aLossThatIsNoNumberEndsItAndSaysWhen() {
    Recipe hot = TinyCnn.with(new Nesterovs(1e30, 0.9), 3, MuonSettings.NONE);
    String message =
        assertThrows(DivergedException.class, () -> trainer(hot).fit(train, validation))
            .getMessage();
    assertTrue(message.contains("epoch 1, step ") && message.contains("learning rate"), message);
  }

  /** The loss of a step is that before its update, so the last one's effect shows in no loss. */
  @Test
  void whatTheLastStepSpoiltIsNoticed() {
    int steps = new TrainingSteps(train.size(), 16, 1).total();
    LearningRateSchedule onlyTheLast = done -> done < (steps - 1.0) / steps ? 0 : 1;
    Recipe r = TinyCnn.with(new Nesterovs(1e39, 0.9), 1, MuonSettings.NONE);
    Recipe spoiling =
        new Recipe(
            1,
            16,
            r.updater(),
            r.weightDecay(),
            onlyTheLast,
            r.labelSmoothing(),
            r.augmentation(),
            r.muon());
    String message =
        assertThrows(DivergedException.class, () -> trainer(spoiling).fit(train, validation))
            .getMessage();
    assertTrue(
        message.contains("not all parameters of convolution_W are finite in epoch 1, step 13"),
        message);
  }

  @Test
  void refusesPicturesOfOtherClassesOrAnotherShape() {
    var pixels = new byte[2 * Cifar10.FEATURES];
    var two = new LabeledImages(Cifar10.SHAPE, pixels, new int[] {0, 1}, List.of("cat", "dog"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> trainer(TinyCnn.RECIPE).fit(two, two))
            .getMessage();
    assertTrue(message.contains("10 outputs, but the pictures are of 2 classes"), message);
    message =
        assertThrows(IllegalArgumentException.class, () -> trainer(TinyCnn.RECIPE).fit(train, two))
            .getMessage();
    assertTrue(message.contains("[cat, dog]"), message);
    var small = new ImageShape(3, 8);
    var others = new LabeledImages(small, new byte[192], new int[1], train.classNames());
    message =
        assertThrows(
                IllegalArgumentException.class, () -> trainer(TinyCnn.RECIPE).fit(train, others))
            .getMessage();
    assertTrue(message.contains("8x8x3, those to learn from of 32x32x3"), message);
  }

  @Test
  void saysBeforeTheWorkThatCheckpointsCannotBeKept(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("a file"));
    Trainer trainer = trainer(TinyCnn.RECIPE).checkpoints(file);
    var error = assertThrows(IOException.class, () -> trainer.fit(train, validation));
    assertTrue(error.getMessage().contains("Checkpoints cannot be kept in"), error::getMessage);
    assertEquals(0, trainer.graph().getIterationCount());
  }

  /** They must not overflow and seem to be done, nor take for ever before the first step. */
  @ParameterizedTest
  @ValueSource(doubles = {1 << 29, 1e8, 1e12, 1e300, Double.MAX_VALUE})
  void moreEpochsThanAnybodyCanWaitForAreRefused(double epochs) {
    Trainer trainer = trainer(TinyCnn.with(new Nesterovs(0.1), epochs, MuonSettings.NONE));
    String message =
        assertThrows(IllegalArgumentException.class, () -> trainer.fit(train, validation))
            .getMessage();
    assertTrue(message.contains("epochs of 13 steps") && message.contains("7,692,307"), message);
  }

  @Test
  void asManyStepsAsCanBeCountedAreCounted() {
    var steps = new TrainingSteps(45_000, 1, 2222);
    assertEquals(99_990_000, steps.total());
    assertEquals(99_990_000, steps.endOf(2222));
    assertEquals(99_990_000, steps.endOf(Integer.MAX_VALUE));
    assertEquals(99_990_000L, steps.picturesAfter(steps.total()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -0.1})
  void noRecipeHasSuchALearningRate(double rate) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> TinyCnn.with(new Nesterovs(rate, 0.9), 1, MuonSettings.NONE))
            .getMessage();
    assertTrue(message.contains("learning rate must be") && message.contains("" + rate), message);
  }

  @ParameterizedTest
  @CsvSource({
    "Infinity, 16, 0",
    "0, 16, 0",
    "-1, 16, 0",
    "NaN, 16, 0",
    "1, 0, 0",
    "1, 16, 1",
    "1, 16, NaN"
  })
  void noRecipeHasSuchNumbers(double epochs, int batchSize, double labelSmoothing) {
    Recipe r = TinyCnn.RECIPE;
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Recipe(
                epochs,
                batchSize,
                r.updater(),
                r.weightDecay(),
                r.schedule(),
                labelSmoothing,
                r.augmentation(),
                r.muon()));
  }

  /** The tiny network with initial weights that want pictures, and a layer that does not learn. */
  private record Hooks(TinyCnn tiny, List<Integer> steps) implements CnnArchitecture {
    @Override
    public String name() {
      return "hooks";
    }

    @Override
    public ComputationGraphConfiguration configuration(Recipe recipe, long seed) {
      return tiny.configuration(recipe, seed);
    }

    @Override
    public ComputationGraph network(Recipe recipe, long seed, INDArray pictures) {
      assertArrayEquals(new long[] {200, 3, 32, 32}, pictures.shape());
      ComputationGraph graph = network(recipe, seed);
      graph.getParam("norm_beta").assign(7);
      return graph;
    }

    @Override
    public double rateShare(String layer, double scheduled, double epoch) {
      return layer.equals("norm") ? 0 : scheduled;
    }

    @Override
    public void afterStep(ComputationGraph graph) {
      steps.add(graph.getIterationCount());
    }
  }

  @Test
  void theArchitectureHasItsSay() throws IOException {
    var hooks = new Hooks(new TinyCnn(), new ArrayList<>());
    var recipe = TinyCnn.with(new Nesterovs(0.1, 0.9), 1, MuonSettings.NONE);
    Trainer trainer = new Trainer(hooks, recipe, 7).runner(GraphRunner::plain);
    trainer.fit(train, validation);
    assertEquals(IntStream.rangeClosed(1, 13).boxed().toList(), hooks.steps());
    assertEquals(7 * 6, trainer.graph().getParam("norm_beta").sumNumber().doubleValue(), 1e-6);
  }

  @Test
  void picturesOfTheNetworksShapeAreNeeded() {
    var basic = new Trainer(new BasicCnn(new ImageShape(3, 16), 10, 2), TinyCnn.RECIPE, 1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> basic.fit(train, validation))
            .getMessage();
    assertTrue(message.contains("32x32x3") && message.contains("dense1"), message);
    assertThrows(NullPointerException.class, () -> trainer(TinyCnn.RECIPE).fit(null, validation));
    assertThrows(
        IllegalArgumentException.class,
        () -> trainer(TinyCnn.RECIPE).fit(train, validation.first(0)));
  }

  @ParameterizedTest
  @EnumSource
  void epochsLeaveNoArraysBehind(ChosenRunner runner) throws IOException {
    assumeTrue(LiveBytes.areCounted());
    Recipe recipe = TinyCnn.with(new Nesterovs(0.1, 0.9), 6, TinyCnn.RECIPE.muon());
    Map<Integer, Long> live = new HashMap<>();
    trainer(recipe)
        .runner(runner::of)
        .fit(
            train,
            validation,
            epoch -> {
              if (epoch == 2 || epoch == 6) {
                live.put(epoch, LiveBytes.settled());
              }
              return true;
            });
    // A batch of pictures has 200,000 bytes.
    assertTrue(live.get(6) - live.get(2) < 100_000, live.toString());
  }

  /** The garbage collector does not see how large they are. */
  @ParameterizedTest
  @EnumSource
  void picturesAreGivenBackWithoutTheGarbageCollector(ChosenRunner runner) throws IOException {
    assumeTrue(LiveBytes.areCounted());
    LabeledImages many = TinyCnn.pictures(2000);
    long size = 2000 * 3072 * 4;
    Recipe recipe = TinyCnn.with(new Nesterovs(0.1, 0.9), 1, MuonSettings.NONE);
    long before = LiveBytes.settled();
    TrainedCnn trained = trainer(recipe).runner(runner::of).fit(many, many);
    long afterTraining = LiveBytes.now() - before;
    assertTrue(afterTraining < size / 2, "after the training: " + afterTraining);
    INDArray answers = trained.classifier().probabilities(many);
    long afterAnswers = LiveBytes.now() - before;
    assertTrue(afterAnswers < size / 2, answers.rows() + " answers: " + afterAnswers);
  }
}
