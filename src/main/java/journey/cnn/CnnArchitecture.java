package journey.cnn;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolutional network for pictures of 32x32 pixels in three channels and ten classes. */
public interface CnnArchitecture {

  /** Its name in tables. */
  String name();

  /**
   * The network in plain Deeplearning4j: input {@code [batch, 3, 32, 32]}, output {@code [batch,
   * 10]}, the classes' probabilities.
   *
   * @param recipe the updater, its peak learning rate and the weight decay
   * @param seed what the initial weights and the dropout follow from
   */
  ComputationGraphConfiguration configuration(Recipe recipe, long seed);

  /** A new network with its initial weights. */
  default ComputationGraph network(Recipe recipe, long seed) {
    var graph = new ComputationGraph(configuration(recipe, seed));
    graph.init();
    return graph;
  }

  /**
   * A new network whose initial weights may know what pictures look like.
   *
   * @param trainPictures standardised training pictures {@code [examples, 3, 32, 32]}
   */
  default ComputationGraph network(Recipe recipe, long seed, INDArray trainPictures) {
    return network(recipe, seed);
  }

  /**
   * By what a layer's learning rates are multiplied, besides the schedule.
   *
   * @param layer the layer's name in the graph
   * @param epoch the epochs done, with the share of the present one
   */
  default double rateFactor(String layer, double epoch) {
    return 1;
  }

  /**
   * Brings about what a configuration cannot say; to be called after each step of training.
   *
   * @param graph a network of this architecture, its updaters with the step's learning rates
   */
  default void afterStep(ComputationGraph graph) {}
}
