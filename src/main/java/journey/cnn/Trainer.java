package journey.cnn;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Function;
import journey.data.ChannelStandardizer;
import journey.data.LabeledImages;
import journey.data.MiniBatches;
import journey.data.Targets;
import journey.engine.GraphRunner;
import journey.metrics.TrainingHistory;
import journey.nn.EpochListener;
import journey.progress.Progress;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Trains a convolutional network by a recipe.
 *
 * <p>An interrupt ends the training after the batch in hand; if that batch completes an epoch, the
 * epoch counts. Wherever the training ends, {@link #graph} is the network at that point. With
 * checkpoints, {@link #fit} resumes from the last one, and a resumed training ends with the same
 * network as one that was never interrupted.
 *
 * <p>For one thread at a time; others may use {@link #graph} when the training has ended.
 */
public final class Trainer {

  private final CnnArchitecture architecture;
  private final Recipe recipe;
  private final long seed;
  private final ComputationGraph graph;
  private TestTimeAugmentation augmentation = TestTimeAugmentation.NONE;

  /** Null if no checkpoints are kept. */
  private Path folder;

  /** Null if it is fitted to the training pictures. */
  private ChannelStandardizer preprocessing;

  /** Null if this training has a bar of its own. */
  private Progress progress;

  private int askedAgain;
  private Duration timeBudget = ChronoUnit.FOREVER.getDuration();
  private Function<ComputationGraph, GraphRunner> runners = GraphRunner::of;
  private volatile TrainingHistory history = new TrainingHistory();

  /**
   * Makes the network with its initial weights, as far as they are known without pictures.
   *
   * @param seed determines the weights, the dropout, and the order and augmentation of the pictures
   */
  public Trainer(CnnArchitecture architecture, Recipe recipe, long seed) {
    this.architecture = Objects.requireNonNull(architecture, "a trainer needs an architecture");
    this.recipe = Objects.requireNonNull(recipe, "a trainer needs a recipe");
    this.seed = seed;
    graph = architecture.network(recipe, seed);
  }

  /**
   * Writes a checkpoint after each epoch, and begins with the last one there is.
   *
   * @param folder for this training alone, which keeps it locked while it runs; is made if need be
   * @return this trainer
   */
  public Trainer checkpoints(Path folder) {
    this.folder = Objects.requireNonNull(folder);
    return this;
  }

  /**
   * Ends the training after the batch with which it has taken this long, including the earlier runs
   * it was resumed from, but without the evaluations on validation.
   *
   * @return this trainer
   */
  public Trainer timeBudget(Duration budget) {
    timeBudget = Objects.requireNonNull(budget);
    return this;
  }

  /**
   * What runs the network; {@link GraphRunner#of} if nothing is said.
   *
   * @return this trainer
   */
  public Trainer runner(Function<ComputationGraph, GraphRunner> runners) {
    this.runners = Objects.requireNonNull(runners);
    return this;
  }

  /**
   * Sets the test-time augmentation for validation, which the trained classifier keeps. By default
   * there is none.
   *
   * @return this trainer
   */
  public Trainer testTimeAugmentation(TestTimeAugmentation augmentation) {
    this.augmentation = Objects.requireNonNull(augmentation);
    return this;
  }

  /**
   * Sets the preprocessing, as for a network that begins with what another one has learnt from
   * pictures prepared in this way. By default it is fitted to the training pictures.
   *
   * @return this trainer
   */
  public Trainer preprocessing(ChannelStandardizer standardizer) {
    preprocessing = Objects.requireNonNull(standardizer);
    return this;
  }

  /**
   * Measures after each epoch, beside the validation accuracy, that of the first training pictures,
   * as they are. By default there is none.
   *
   * @param pictures how many; all if there are fewer
   * @return this trainer
   */
  public Trainer trainAccuracy(int pictures) {
    Recipe.require(pictures >= 1, "number of pictures", "at least 1", pictures);
    askedAgain = pictures;
    return this;
  }

  /**
   * Counts the pictures it has learned from in a bar that several trainings share, instead of one
   * of its own. The bar stays open.
   *
   * @return this trainer
   */
  public Trainer progress(Progress shared) {
    progress = Objects.requireNonNull(shared);
    return this;
  }

  /** The network; during a training and after it, the one that is trained. */
  public ComputationGraph graph() {
    return graph;
  }

  /** Loss and accuracy after each epoch so far, for a listener to show. */
  public TrainingHistory history() {
    return history;
  }

  /**
   * Trains without a look at other pictures: the history holds the training loss alone.
   *
   * @see #fit(LabeledImages, LabeledImages, EpochListener)
   */
  public TrainedCnn fit(LabeledImages train) throws IOException {
    return train(train, train.first(0), epoch -> true);
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
   * @param train the pictures to learn from; the preprocessing is fitted to them
   * @param validation the pictures to evaluate on after each epoch
   * @param listener called after each epoch, and at once when a training is resumed
   * @throws IllegalArgumentException if the pictures do not fit the network, the recipe or each
   *     other, or the recipe's epochs are too many steps to be done
   * @throws CheckpointException if there are checkpoints, but none of this training that can be
   *     used, or another training has their folder
   * @throws journey.nn.DivergedException if the loss or a parameter is no longer finite
   * @throws IOException if the folder of the checkpoints cannot be made, written or read; once the
   *     training has begun, one that cannot be written is only told of
   */
  public TrainedCnn fit(LabeledImages train, LabeledImages validation, EpochListener listener)
      throws IOException {
    requireSome("validation", validation);
    return train(train, validation, listener);
  }

  private TrainedCnn train(LabeledImages train, LabeledImages validation, EpochListener listener)
      throws IOException {
    requireSome("training", train);
    requireAlike(graph, train, validation);
    var steps = new TrainingSteps(train.size(), recipe.batchSize(), recipe.epochs());
    ChannelStandardizer standardizer =
        preprocessing == null ? ChannelStandardizer.fit(train) : preprocessing;
    var classifier =
        new CnnClassifier(graph, train.shape(), standardizer, train.classNames(), augmentation);
    // Half a gigabyte for CIFAR-10, which is not left to the garbage collector to give back.
    try (Checkpoints checkpoints = checkpoints(classifier, train, validation);
        INDArray rows = standardizer.apply(train);
        INDArray others = validation.size() == 0 ? null : standardizer.apply(validation)) {
      INDArray pictures = rows.reshape(train.shape().batch(train.size()));
      INDArray targets = Targets.oneHot(train, recipe.labelSmoothing());
      MiniBatches batches =
          new MiniBatches(pictures, targets, recipe.batchSize(), seed)
              .augmented(recipe.augmentation(), seed);
      startAnew(graph, architecture, recipe, seed, pictures);
      var run =
          new TrainingRun(architecture, recipe, seed, steps, classifier, checkpoints, timeBudget);
      history = run.history();
      try (GraphRunner runner = runners.apply(graph)) {
        var parts = new EvaluatedParts(again(pictures, train), part(others, validation));
        TrainedCnn.Ending ending = run.train(runner, batches, parts, listener, progress);
        return run.result(ending, runner.description());
      }
    }
  }

  /** Null without any pictures. */
  private ValidationPart part(INDArray rows, LabeledImages images) {
    return rows == null ? null : ValidationPart.of(rows, images, augmentation);
  }

  /** The training pictures that the network is asked about again; null without any. */
  private ValidationPart again(INDArray pictures, LabeledImages train) {
    if (askedAgain == 0) {
      return null;
    }
    int count = Math.min(askedAgain, train.size());
    return new ValidationPart(
        pictures.get(NDArrayIndex.interval(0, count)), train.first(count).labels(), augmentation);
  }

  private Checkpoints checkpoints(
      CnnClassifier classifier, LabeledImages train, LabeledImages validation) throws IOException {
    return folder == null
        ? Checkpoints.NONE
        : new CheckpointFolder(
            folder,
            "epoch",
            Fingerprint.of(architecture, recipe, seed, classifier, train, validation));
  }

  /** Refuses pictures that do not fit the network or each other. */
  static void requirePictures(
      ComputationGraph graph, LabeledImages train, LabeledImages validation) {
    requireSome("training", train);
    requireSome("validation", validation);
    requireAlike(graph, train, validation);
  }

  private static void requireSome(String name, LabeledImages images) {
    Objects.requireNonNull(images, () -> "no " + name + " pictures were given, but null");
    if (images.size() == 0) {
      throw new IllegalArgumentException(
          "there are no %s pictures, but at least one is needed".formatted(name));
    }
  }

  private static void requireAlike(
      ComputationGraph graph, LabeledImages train, LabeledImages validation) {
    int classes = train.classNames().size();
    if (graph.getOutputLayer(0).conf().getLayer() instanceof FeedForwardLayer output
        && output.getNOut() != classes) {
      throw new IllegalArgumentException(
          "the network has %d outputs, but the pictures are of %d classes"
              .formatted(output.getNOut(), classes));
    }
    if (!validation.classNames().equals(train.classNames())) {
      throw new IllegalArgumentException(
          "the validation pictures are of the classes %s, those to learn from of %s"
              .formatted(validation.classNames(), train.classNames()));
    }
    if (!validation.shape().equals(train.shape())) {
      throw new IllegalArgumentException(
          "the validation pictures are of %s, those to learn from of %s"
              .formatted(validation.shape(), train.shape()));
    }
  }

  /** The initial weights may depend on the pictures, and an earlier call may have changed them. */
  static void startAnew(
      ComputationGraph graph,
      CnnArchitecture architecture,
      Recipe recipe,
      long seed,
      INDArray pictures) {
    ComputationGraph fresh = architecture.network(recipe, seed, pictures);
    graph.setParams(fresh.params());
    graph.getConfiguration().setIterationCount(0);
    fresh.close();
  }
}
