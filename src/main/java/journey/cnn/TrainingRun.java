package journey.cnn;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.Locale;
import journey.cnn.TrainedCnn.Ending;
import journey.data.Batches;
import journey.data.SeededRandom;
import journey.engine.GraphRunner;
import journey.metrics.TrainingHistory;
import journey.nn.EpochListener;
import journey.progress.Progress;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** One call of {@link Trainer#fit}: its steps, counted, timed and evaluated. */
final class TrainingRun {

  private final long seed;
  private final TrainingSteps steps;
  private final CnnClassifier classifier;
  private final Checkpoints checkpoints;
  private final Duration timeBudget;
  private final ComputationGraph graph;
  private final StepMaker stepMaker;
  private final TrainingHistory history;
  private final int resumedAfter;
  private final TimeEstimate estimate;
  private int done;
  private double seconds;
  private boolean hasWarned;

  /**
   * Takes over a graph with its initial weights, and brings it to the last checkpoint if there is
   * one.
   */
  TrainingRun(
      CnnArchitecture architecture,
      Recipe recipe,
      long seed,
      TrainingSteps steps,
      CnnClassifier classifier,
      Checkpoints checkpoints,
      Duration timeBudget)
      throws IOException {
    this.seed = seed;
    this.steps = steps;
    this.classifier = classifier;
    this.checkpoints = checkpoints;
    this.timeBudget = timeBudget;
    graph = classifier.graph();
    stepMaker = new StepMaker(graph, architecture, recipe, steps);
    TrainingState state = checkpoints.resume(graph, stepMaker.muon());
    history = state.history();
    resumedAfter = state.number();
    done = steps.endOf(resumedAfter);
    estimate = new TimeEstimate(steps.total() - done);
    seconds = state.seconds();
  }

  TrainingHistory history() {
    return history;
  }

  TrainedCnn result(Ending ending, String runner) {
    double speed = seconds == 0 ? Double.NaN : steps.picturesAfter(done) / seconds;
    return new TrainedCnn(classifier, history, ending, seconds, speed, runner);
  }

  /**
   * All epochs that are still to be done.
   *
   * @param shared the bar to count in, or null for one of its own
   */
  Ending train(
      GraphRunner runner,
      Batches batches,
      EvaluatedParts parts,
      EpochListener listener,
      Progress shared) {
    boolean wanted = resumedAfter == 0 || listener.goOnAfter(resumedAfter);
    if (done == steps.total()) {
      return Ending.COMPLETE;
    }
    if (!wanted) {
      return Ending.STOPPED_BY_LISTENER;
    }
    if (outOfTime()) {
      return Ending.OUT_OF_TIME;
    }
    Collection<TrainingListener> others = graph.getListeners();
    graph.addListeners(stepMaker.muon());
    try (Progress own = shared == null ? progress() : null) {
      return epochs(runner, batches, parts, listener, own == null ? shared : own, own != null);
    } finally {
      graph.setListeners(others);
      stepMaker.restorePeaks();
    }
  }

  private Progress progress() {
    long all = steps.picturesAfter(steps.total());
    return Progress.of("Training", all, " images", steps.picturesAfter(done));
  }

  private Ending epochs(
      GraphRunner runner,
      Batches batches,
      EvaluatedParts parts,
      EpochListener listener,
      Progress progress,
      boolean alone) {
    for (int epoch = resumedAfter + 1; ; epoch++) {
      double loss = epoch(runner, batches, epoch, progress, alone);
      boolean interrupted = progress.stopped();
      boolean whole = done == steps.endOf(epoch);
      if (interrupted && !whole) {
        return Ending.INTERRUPTED;
      }
      history.add(epoch, parts.measured(runner, loss));
      if (whole) {
        checkpoint(epoch, progress);
      }
      boolean wanted = listener.goOnAfter(epoch);
      if (done == steps.total()) {
        return Ending.COMPLETE;
      }
      if (interrupted) {
        return Ending.INTERRUPTED;
      }
      if (outOfTime()) {
        return Ending.OUT_OF_TIME;
      }
      if (!wanted) {
        return Ending.STOPPED_BY_LISTENER;
      }
    }
  }

  private boolean outOfTime() {
    return Duration.ofNanos((long) (seconds * 1e9)).compareTo(timeBudget) >= 0;
  }

  /** Steps until the epoch or the time is over, or the thread is interrupted; the mean loss. */
  private double epoch(
      GraphRunner runner, Batches batches, int epoch, Progress progress, boolean alone) {
    // So that Deeplearning4j's own dropout is the same when a training is resumed.
    Nd4j.getRandom().setSeed(SeededRandom.of(seed, epoch - 1).nextLong());
    double lossSum = 0;
    long examples = 0;
    Iterator<DataSet> pass = batches.epoch(epoch).iterator();
    while (done < steps.endOf(epoch) && !progress.stopped() && !outOfTime()) {
      long start = System.nanoTime();
      DataSet batch = pass.next();
      double loss = stepMaker.step(runner, batch, done++);
      double took = (System.nanoTime() - start) / 1e9;
      seconds += took;
      lossSum += loss * batch.numExamples();
      examples += batch.numExamples();
      progress.stepBy(batch.numExamples());
      if (alone) {
        estimate.after(took).ifPresent(progress::say);
      }
      progress.message(String.format(Locale.ROOT, "loss %.3f", loss));
    }
    return lossSum / examples;
  }

  /** A full disk must not cost the training: it goes on, and the next epoch tries again. */
  private void checkpoint(int epoch, Progress progress) {
    stepMaker.restorePeaks();
    var state = new TrainingState(epoch, graph.getIterationCount(), seconds, history);
    try {
      checkpoints.write(state, graph, stepMaker.muon(), classifier.entry());
    } catch (IOException problem) {
      if (!hasWarned) {
        hasWarned = true;
        progress.say("The training goes on, but without a checkpoint: " + problem.getMessage());
      }
    }
  }
}
