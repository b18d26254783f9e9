package journey.cnn;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import journey.data.ChannelStandardizer;
import journey.data.LabeledImages;
import journey.engine.GraphRunner;
import journey.metrics.TrainingHistory;
import journey.nn.EpochListener;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a convolutional network by a recipe.
 *
 * <p>An interrupt ends the training after the batch in hand; an epoch which that completes still
 * counts. Wherever it ends, {@link #graph} is the network as it is then. With checkpoints, {@link
 * #fit} goes on from the last one, and a training that was cut short and taken up again ends as one
 * that was not.
 *
 * <p>For one thread at a time; others may look at {@link #graph} once that has ended.
 */
public final class Trainer {

  private final CnnArchitecture architecture;
  private final Recipe recipe;
  private final long seed;
  private final ComputationGraph graph;
  private TestTimeAugmentation augmentation = TestTimeAugmentation.NONE;
  private Optional<Path> folder = Optional.empty();
  private Optional<Duration> timeBudget = Optional.empty();
  private Function<ComputationGraph, GraphRunner> runners = GraphRunner::of;
  private volatile TrainingHistory history = new TrainingHistory();

  /**
   * Makes the network with its initial weights, as far as they are known without pictures.
   *
   * @param seed what weights, dropout, order and changes of the pictures follow from
   */
  public Trainer(CnnArchitecture architecture, Recipe recipe, long seed) {
    this.architecture = architecture;
    this.recipe = recipe;
    this.seed = seed;
    graph = architecture.network(recipe, seed);
  }

  /**
   * Writes a checkpoint after each epoch, and begins with the last one there is.
   *
   * @param folder for this training alone; is made if need be
   * @return this trainer
   */
  public Trainer checkpoints(Path folder) {
    this.folder = Optional.of(folder);
    return this;
  }

  /**
   * Ends after the batch with which the training has taken this long, without the looks at the
   * validation part and with the earlier runs it goes on from.
   *
   * @return this trainer
   */
  public Trainer timeBudget(Duration budget) {
    timeBudget = Optional.of(budget);
    return this;
  }

  /**
   * What the network is run by; {@link GraphRunner#of} if nothing is said.
   *
   * @return this trainer
   */
  public Trainer runner(Function<ComputationGraph, GraphRunner> runners) {
    this.runners = Objects.requireNonNull(runners);
    return this;
  }

  /**
   * How many views of a validation picture the network is asked about; one if nothing is said. The
   * trained classifier goes on like that.
   *
   * @return this trainer
   */
  public Trainer testTimeAugmentation(TestTimeAugmentation augmentation) {
    this.augmentation = Objects.requireNonNull(augmentation);
    return this;
  }

  /** The network, also while it is trained and when the training was cut short. */
  public ComputationGraph graph() {
    return graph;
  }

  /** Loss and accuracy after each epoch until now, as a listener wants to show them. */
  public TrainingHistory history() {
    return history;
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
   * Trains from the start, or from the last checkpoint if there is one; says how far it is with a
   * progress bar on standard output.
   *
   * @param train the pictures to learn from; they also set the preprocessing
   * @param validation the pictures to measure with after each epoch
   * @param listener called after each epoch, and at once when a training is taken up again
   * @throws CheckpointException if there are checkpoints, but none of this training that can be
   *     used
   * @throws ArithmeticException if the loss is no longer a finite number; says when
   * @throws IOException if a checkpoint cannot be written
   */
  public TrainedCnn fit(LabeledImages train, LabeledImages validation, EpochListener listener)
      throws IOException {
    requirePictures("training", train);
    requirePictures("validation", validation);
    requireClasses(train, validation);
    var preprocessing = ChannelStandardizer.fit(train);
    var classifier =
        new CnnClassifier(graph, train.shape(), preprocessing, train.classNames(), augmentation);
    Optional<Checkpoints> checkpoints =
        folder.map(f -> new Checkpoints(f, fingerprint(classifier, train, validation)));
    var steps = new TrainingSteps(train.size(), recipe.batchSize(), recipe.epochs());
    // Half a gigabyte for CIFAR-10, which is not left to the garbage collector to give back.
    try (INDArray pictures = preprocessing.apply(train);
        INDArray others = preprocessing.apply(validation)) {
      startAnew(pictures.reshape(train.shape().batch(train.size())));
      var run = new TrainingRun(architecture, recipe, seed, steps, classifier, checkpoints);
      run.resume();
      run.timeBudget(timeBudget);
      history = run.history();
      int classes = train.classNames().size();
      return train(
          run,
          new AugmentedPictures(pictures, train.labels(), classes, recipe, seed),
          new ValidationPart(
              others.reshape(validation.shape().batch(validation.size())),
              validation.labels(),
              augmentation),
          listener);
    }
  }

  private TrainedCnn train(
      TrainingRun run,
      AugmentedPictures pictures,
      ValidationPart validation,
      EpochListener listener)
      throws IOException {
    try (GraphRunner runner = runners.apply(graph)) {
      TrainedCnn.Ending ending = run.train(runner, pictures, validation, listener);
      return run.result(ending, runner.description());
    }
  }

  private static void requirePictures(String name, LabeledImages images) {
    if (images.size() == 0) {
      throw new IllegalArgumentException("there are no " + name + " pictures");
    }
  }

  private void requireClasses(LabeledImages train, LabeledImages validation) {
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
  }

  private Fingerprint fingerprint(
      CnnClassifier classifier, LabeledImages train, LabeledImages validation) {
    return Fingerprint.of(
        architecture,
        recipe,
        seed,
        architecture.configuration(recipe, seed),
        classifier,
        train,
        validation);
  }

  /** The initial weights may depend on the pictures, and an earlier call may have changed them. */
  private void startAnew(INDArray pictures) {
    ComputationGraph fresh = architecture.network(recipe, seed, pictures);
    graph.setParams(fresh.params());
    graph.getConfiguration().setIterationCount(0);
    fresh.close();
  }
}
