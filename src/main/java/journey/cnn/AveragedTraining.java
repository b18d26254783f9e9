package journey.cnn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import journey.cnn.TrainedCnn.Ending;
import journey.data.ChannelStandardizer;
import journey.data.LabeledImages;
import journey.engine.GraphRunner;
import journey.metrics.TrainingHistory;
import journey.nn.EpochListener;
import journey.progress.Progress;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a convolutional network with several workers. Each has a share of the pictures. In a
 * round, all begin with the same weights and train by the recipe, each on its own share; then the
 * mean of their weights, and of what their updaters keep, is what the next round begins with. The
 * learning rates go on from round to round.
 *
 * <pre>{@code
 * new AveragedTraining(architecture, recipe, seed, workers).every(10).fit(train, validation)
 * }</pre>
 *
 * <p>The batch size is each worker's. One worker alone trains as {@link Trainer} does. Several that
 * average after every step train, where updater and weight decay are linear and there is neither
 * batch norm nor dropout, as one would with a batch so many times as large.
 *
 * <p>An interrupt ends the training with the last round that was whole. With checkpoints, {@link
 * #fit} resumes from the last one, and ends with the same network; only the loss of an epoch that
 * was resumed is that of its remaining rounds.
 *
 * @see <a href="https://arxiv.org/abs/1805.09767">S. Stich, Local SGD Converges Fast and
 *     Communicates Little, ICLR (2019)</a>
 */
public final class AveragedTraining {

  private final CnnArchitecture architecture;
  private final Recipe recipe;
  private final long seed;
  private final Workers workers;
  private final ComputationGraph graph;
  private int interval = Integer.MAX_VALUE;

  /** Null if no checkpoints are kept. */
  private Path folder;

  /** Null if this training has a bar of its own. */
  private Progress progress;

  /** A training that averages at the end of each epoch. */
  public AveragedTraining(CnnArchitecture architecture, Recipe recipe, long seed, Workers workers) {
    this.architecture = Objects.requireNonNull(architecture, "a training needs an architecture");
    this.recipe = Objects.requireNonNull(recipe, "a training needs a recipe");
    this.workers = Objects.requireNonNull(workers, "a training needs workers");
    this.seed = seed;
    graph = architecture.network(recipe, seed);
  }

  /**
   * Averages after so many steps of each worker, and at the end of each epoch.
   *
   * @return this training
   */
  public AveragedTraining every(int steps) {
    Recipe.require(steps >= 1, "averaging interval", "at least 1 step", steps);
    interval = steps;
    return this;
  }

  /**
   * Writes a checkpoint after each round, and begins with the last one there is.
   *
   * @param folder for this training alone, which keeps it locked while it runs; is made if need be
   * @return this training
   */
  public AveragedTraining checkpoints(Path folder) {
    this.folder = Objects.requireNonNull(folder);
    return this;
  }

  /**
   * Counts the pictures that the workers have learned from in a bar that several trainings share,
   * instead of one of its own. The bar stays open.
   *
   * @return this training
   */
  public AveragedTraining progress(Progress shared) {
    progress = Objects.requireNonNull(shared);
    return this;
  }

  /**
   * Trains without a listener.
   *
   * @see #fit(LabeledImages, LabeledImages, EpochListener)
   */
  public TrainedCnn fit(LabeledImages train, LabeledImages validation) throws IOException {
    return fit(train, validation, epoch -> true);
  }

  /**
   * Trains from the start, or from the last checkpoint if there is one, with a progress bar on
   * standard output.
   *
   * @param train the pictures to learn from; what remains when they are divided is left out
   * @param validation the pictures to evaluate on after each epoch
   * @param listener called after each epoch
   * @throws IllegalArgumentException if there are fewer pictures than workers, or the pictures do
   *     not fit the network or each other
   * @throws CheckpointException if there are checkpoints, but none of this training that can be
   *     used, or another training has their folder
   * @throws journey.nn.DivergedException if the loss or a parameter is no longer finite
   * @throws IOException if the checkpoints cannot be read or written
   */
  public TrainedCnn fit(LabeledImages train, LabeledImages validation, EpochListener listener)
      throws IOException {
    Trainer.requirePictures(graph, train, validation);
    List<LabeledImages> shards = shards(train);
    var steps = new TrainingSteps(shards.get(0).size(), recipe.batchSize(), recipe.epochs());
    var preprocessing = ChannelStandardizer.fit(train);
    var classifier =
        new CnnClassifier(
            graph, train.shape(), preprocessing, train.classNames(), TestTimeAugmentation.NONE);
    try (INDArray rows = preprocessing.apply(train)) {
      INDArray pictures = rows.reshape(train.shape().batch(train.size()));
      Trainer.startAnew(graph, architecture, recipe, seed, pictures);
    }
    var work = new ShardTraining(architecture, recipe, seed, preprocessing);
    try (Checkpoints checkpoints = checkpoints(classifier, train, validation);
        INDArray others = preprocessing.apply(validation);
        GraphRunner runner = GraphRunner.of(graph);
        Workers.Crew crew = workers.begin(work, shards)) {
      var part = ValidationPart.of(others, validation, TestTimeAugmentation.NONE);
      return new Run(steps, classifier, checkpoints, crew)
          .train(runner, new EvaluatedParts(null, part), listener);
    }
  }

  /** Dealt out like cards, so that all have pictures of each class. */
  private List<LabeledImages> shards(LabeledImages train) {
    int count = workers.count();
    int size = train.size() / count;
    Recipe.require(
        size >= 1, "number of workers", "at most that of the pictures, " + train.size(), count);
    return IntStream.range(0, count)
        .mapToObj(w -> train.subset(IntStream.range(0, size).map(i -> i * count + w).toArray()))
        .toList();
  }

  private Checkpoints checkpoints(
      CnnClassifier classifier, LabeledImages train, LabeledImages validation) throws IOException {
    if (folder == null) {
      return Checkpoints.NONE;
    }
    Fingerprint fingerprint =
        Fingerprint.of(architecture, recipe, seed, classifier, train, validation)
            .with("workers", "" + workers.count())
            .with("averaging interval", "" + interval);
    return new CheckpointFolder(folder, "round", fingerprint);
  }

  /** One call of {@link #fit}. */
  private final class Run {

    private final TrainingSteps steps;
    private final CnnClassifier classifier;
    private final Checkpoints checkpoints;
    private final Workers.Crew crew;
    private final int roundsPerEpoch;
    private final StepMaker stepMaker;
    private final TrainingHistory history;
    private NetworkState state;
    private int round;
    private double seconds;
    private double lossSum;
    private long examples;

    Run(TrainingSteps steps, CnnClassifier classifier, Checkpoints checkpoints, Workers.Crew crew)
        throws IOException {
      this.steps = steps;
      this.classifier = classifier;
      this.checkpoints = checkpoints;
      this.crew = crew;
      roundsPerEpoch = (steps.perEpoch() - 1) / interval + 1;
      stepMaker = new StepMaker(graph, architecture, recipe, steps);
      TrainingState resumed = checkpoints.resume(graph, stepMaker.muon());
      history = resumed.history();
      round = resumed.number();
      seconds = resumed.seconds();
      state = NetworkState.of(graph, stepMaker.muon(), 0, 0);
    }

    TrainedCnn train(GraphRunner runner, EvaluatedParts parts, EpochListener listener)
        throws IOException {
      Ending ending;
      try (Progress own = progress == null ? bar() : null) {
        ending = rounds(runner, parts, listener, own == null ? progress : own);
      }
      String by = workers + ", averaged every %s".formatted(each());
      double speed = seconds == 0 ? Double.NaN : pictures(done()) / seconds;
      return new TrainedCnn(classifier, history, ending, seconds, speed, by);
    }

    private Progress bar() {
      return Progress.of("Training", pictures(steps.total()), " images", pictures(done()));
    }

    private String each() {
      if (interval >= steps.perEpoch()) {
        return "epoch";
      }
      return interval == 1 ? "step" : interval + " steps";
    }

    private Ending rounds(
        GraphRunner runner, EvaluatedParts parts, EpochListener listener, Progress progress)
        throws IOException {
      while (done() < steps.total()) {
        int epoch = round / roundsPerEpoch + 1;
        try {
          round(progress);
        } catch (InterruptedException stopped) {
          return Ending.INTERRUPTED;
        }
        boolean whole = done() == steps.endOf(epoch);
        if (whole) {
          history.add(epoch, parts.measured(runner, lossSum / examples));
          lossSum = 0;
          examples = 0;
        }
        checkpoints.write(
            new TrainingState(round, done(), seconds, history),
            graph,
            stepMaker.muon(),
            classifier.entry());
        if (whole && !listener.goOnAfter(epoch) && done() < steps.total()) {
          return Ending.STOPPED_BY_LISTENER;
        }
        if (progress.stopped() && done() < steps.total()) {
          return Ending.INTERRUPTED;
        }
      }
      return Ending.COMPLETE;
    }

    private void round(Progress progress) throws InterruptedException {
      long start = System.nanoTime();
      NetworkState sum = crew.sum(state, done(), doneAfter(round + 1));
      state = sum.mean(workers.count());
      seconds += (System.nanoTime() - start) / 1e9;
      round++;
      state.into(graph, stepMaker.muon());
      graph.getConfiguration().setIterationCount(done());
      lossSum += sum.lossSum();
      examples += sum.examples();
      progress.stepBy(sum.examples());
      progress.message(String.format(Locale.ROOT, "loss %.3f", lossSum / examples));
    }

    /** Steps that each worker has done. */
    private int done() {
      return doneAfter(round);
    }

    /** A round ends where its epoch does, if not before. */
    private int doneAfter(int rounds) {
      int epochs = rounds / roundsPerEpoch;
      long inEpoch = (long) (rounds % roundsPerEpoch) * interval;
      return (int) Math.min(steps.endOf(epochs) + inEpoch, steps.endOf(epochs + 1));
    }

    private long pictures(int steps) {
      return this.steps.picturesAfter(steps) * workers.count();
    }
  }
}
