package journey.cnn;

import java.io.Serializable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolutional network that classifies pictures of one shape. */
public interface CnnArchitecture extends Serializable {

  /** Its name in tables. */
  String name();

  /**
   * What a training depends on besides name and configuration, such as the weights that it begins
   * with: a short text that differs where that does, or none. A training is resumed only if it is
   * the same.
   */
  default String origin() {
    return "";
  }

  /**
   * The network in plain Deeplearning4j: input {@code [batch, channels, side, side]}, output {@code
   * [batch, classes]}, the classes' probabilities.
   *
   * @param recipe the updater, its peak learning rate and the weight decay
   * @param seed decides the initial weights and the dropout
   */
  ComputationGraphConfiguration configuration(Recipe recipe, long seed);

  /**
   * A new network with its initial weights.
   *
   * @throws IllegalArgumentException if there is no memory to train it, or a layer has no outputs
   */
  default ComputationGraph network(Recipe recipe, long seed) {
    ComputationGraphConfiguration configuration = configuration(recipe, seed);
    NetworkMemory.of(configuration).requireForTraining(name());
    var graph = new ComputationGraph(configuration);
    graph.init();
    return graph;
  }

  /**
   * A new network whose initial weights may depend on the training pictures.
   *
   * @param trainPictures standardised training pictures {@code [examples, channels, side, side]}
   */
  default ComputationGraph network(Recipe recipe, long seed, INDArray trainPictures) {
    return network(recipe, seed);
  }

  /**
   * A layer's learning rates as a share of their peaks.
   *
   * @param layer the layer's name in the graph
   * @param scheduled the share by the recipe's schedule
   * @param epoch the epochs done, a fraction within an epoch
   */
  default double rateShare(String layer, double scheduled, double epoch) {
    return scheduled;
  }

  /**
   * Does what a configuration cannot express; to be called after each training step.
   *
   * @param graph a network of this architecture, its updaters at the step's learning rates
   */
  default void afterStep(ComputationGraph graph) {}
}
