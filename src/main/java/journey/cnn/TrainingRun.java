package journey.cnn;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import journey.cnn.TrainedCnn.Ending;
import journey.data.SeededRandom;
import journey.engine.GraphRunner;
import journey.metrics.TrainingHistory;
import journey.nn.EpochListener;
import journey.nn.Score;
import journey.progress.Progress;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** One call of {@link Trainer#fit}: the steps, what they are counted and measured by. */
final class TrainingRun {

  private final CnnArchitecture architecture;
  private final Recipe recipe;
  private final long seed;
  private final TrainingSteps steps;
  private final CnnClassifier classifier;
  private final Optional<Checkpoints> checkpoints;
  private final ComputationGraph graph;
  private final LearningRates rates;
  private final WeightAverage average;
  private Optional<Duration> timeBudget = Optional.empty();
  private TrainingHistory history = new TrainingHistory();
  private int firstEpoch;
  private int done;
  private double seconds;

  /** Takes over a graph with its initial weights. */
  TrainingRun(
      CnnArchitecture architecture,
      Recipe recipe,
      long seed,
      TrainingSteps steps,
      CnnClassifier classifier,
      Optional<Checkpoints> checkpoints) {
    this.architecture = architecture;
    this.recipe = recipe;
    this.seed = seed;
    this.steps = steps;
    this.classifier = classifier;
    this.checkpoints = checkpoints;
    graph = classifier.graph();
    rates = new LearningRates(graph, recipe.schedule(), architecture, steps);
    average = new WeightAverage(recipe.averaging(), graph.params());
  }

  /** Goes to where the last checkpoint was written, if there is one. */
  void resume() throws IOException {
    if (checkpoints.isPresent()) {
      checkpoints.get().resume(graph, average.array()).ifPresent(this::goTo);
    }
  }

  private void goTo(Milestone milestone) {
    firstEpoch = milestone.epochs();
    done = steps.firstOf(firstEpoch);
    seconds = milestone.seconds();
    history = milestone.history();
  }

  void timeBudget(Optional<Duration> budget) {
    timeBudget = budget;
  }

  TrainingHistory history() {
    return history;
  }

  TrainedCnn result(Ending ending, String runner) {
    double speed = seconds == 0 ? Double.NaN : steps.picturesAfter(done) / seconds;
    return new TrainedCnn(classifier, history, ending, seconds, speed, runner);
  }

  /** All epochs that are still to be done. */
  Ending train(
      GraphRunner runner,
      AugmentedPictures pictures,
      ValidationPart validation,
      EpochListener listener)
      throws IOException {
    Ending ending = goOn(runner, pictures, validation, listener);
    if (ending != Ending.INTERRUPTED) {
      average.finish();
    }
    return ending;
  }

  private Ending goOn(
      GraphRunner runner,
      AugmentedPictures pictures,
      ValidationPart validation,
      EpochListener listener)
      throws IOException {
    if (firstEpoch > 0 && !listener.goOnAfter(firstEpoch) && done < steps.total()) {
      return Ending.STOPPED_BY_LISTENER;
    }
    if (done == steps.total()) {
      return Ending.COMPLETE;
    }
    try (Progress progress = progress()) {
      return epochs(runner, pictures, validation, listener, progress);
    } finally {
      rates.restorePeaks();
    }
  }

  private Progress progress() {
    long all = steps.picturesAfter(steps.total());
    return Progress.of("Training", all, " images", steps.picturesAfter(done));
  }

  private Ending epochs(
      GraphRunner runner,
      AugmentedPictures pictures,
      ValidationPart validation,
      EpochListener listener,
      Progress progress)
      throws IOException {
    for (int epoch = firstEpoch; epoch < steps.epochsBegun(); epoch++) {
      if (outOfTime()) {
        return Ending.OUT_OF_TIME;
      }
      double loss = epoch(runner, pictures, epoch, progress);
      boolean interrupted = progress.stopped();
      boolean whole = done == steps.firstOf(epoch + 1);
      if (interrupted && !whole) {
        return Ending.INTERRUPTED;
      }
      requireFinite(epoch);
      if (!whole || done == steps.total()) {
        // No step will follow, so what is measured is what the training leads to.
        average.finish();
      }
      measure(runner, validation, epoch + 1, loss);
      if (whole) {
        checkpoint(epoch + 1);
      }
      boolean wanted = listener.goOnAfter(epoch + 1);
      Ending ending = ending(interrupted, wanted);
      if (ending != null) {
        return ending;
      }
    }
    return Ending.COMPLETE;
  }

  /** Why to end after an epoch; null to go on. */
  private Ending ending(boolean interrupted, boolean wanted) {
    if (done == steps.total()) {
      return Ending.COMPLETE;
    }
    if (interrupted) {
      return Ending.INTERRUPTED;
    }
    if (outOfTime()) {
      return Ending.OUT_OF_TIME;
    }
    return wanted ? null : Ending.STOPPED_BY_LISTENER;
  }

  private boolean outOfTime() {
    return timeBudget.isPresent() && seconds * 1e9 >= timeBudget.get().toNanos();
  }

  /** Steps until the epoch, the time or the patience is at its end; gives the mean loss. */
  private double epoch(
      GraphRunner runner, AugmentedPictures pictures, int epoch, Progress progress) {
    // So that Deeplearning4j's own dropout is the same when a training is taken up again.
    Nd4j.getRandom().setSeed(SeededRandom.of(seed, epoch).nextLong());
    double lossSum = 0;
    long examples = 0;
    try (AugmentedPictures.Pass pass = pictures.epoch(epoch)) {
      while (done < steps.firstOf(epoch + 1) && !progress.stopped() && !outOfTime()) {
        long start = System.nanoTime();
        DataSet batch = pass.next();
        double loss = step(runner, batch, epoch);
        seconds += (System.nanoTime() - start) / 1e9;
        lossSum += loss * batch.numExamples();
        examples += batch.numExamples();
        progress.stepTo(steps.picturesAfter(done));
        progress.message(String.format(Locale.ROOT, "loss %.3f", loss));
      }
    }
    return lossSum / examples;
  }

  private double step(GraphRunner runner, DataSet batch, int epoch) {
    rates.set(done);
    double loss = runner.step(batch);
    if (!Double.isFinite(loss)) {
      throw spoilt("the loss is " + loss, epoch, done - steps.firstOf(epoch) + 1);
    }
    architecture.afterStep(graph);
    done++;
    average.after(done, steps.progress(done));
    return loss;
  }

  private ArithmeticException spoilt(String how, int epoch, int step) {
    return new ArithmeticException(
        "%s in epoch %d, step %d of %d: the network is spoilt. A smaller learning rate than %s may help"
            .formatted(how, epoch + 1, step, steps.perEpoch(), recipe.updater()));
  }

  /** The loss of a step is that before its update, so the last update is looked at by itself. */
  private void requireFinite(int epoch) {
    if (!Double.isFinite(graph.params().sumNumber().doubleValue())) {
      throw spoilt("a weight is no finite number", epoch, done - steps.firstOf(epoch));
    }
  }

  private void measure(GraphRunner runner, ValidationPart validation, int epoch, double loss) {
    Score score = validation.score(runner);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(TrainingHistory.TRAIN_LOSS, loss);
    figures.put(TrainingHistory.VALIDATION_LOSS, score.loss());
    figures.put(TrainingHistory.VALIDATION_ACCURACY, score.accuracy());
    history.add(epoch, figures);
  }

  private void checkpoint(int epochs) throws IOException {
    if (checkpoints.isPresent()) {
      rates.restorePeaks();
      var milestone = new Milestone(epochs, graph.getIterationCount(), seconds, history);
      checkpoints.get().write(milestone, graph, average.array(), classifier.entry());
    }
  }
}
