package journey.engine;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * Trains and asks a {@link ComputationGraph}: by Deeplearning4j itself, or faster, on the same
 * parameters.
 *
 * <p>Holds memory outside the heap, so close it. Not for use by several threads at once.
 */
public interface GraphRunner extends AutoCloseable {

  /**
   * The fastest way to run this graph here: oneDNN called directly where that can be done for all
   * of the graph, Deeplearning4j itself otherwise. {@link #description()} says which.
   */
  static GraphRunner of(ComputationGraph graph) {
    Acceleration acceleration = Acceleration.detect();
    if (!acceleration.on()) {
      return new PlainRunner(graph, acceleration.toString());
    }
    try {
      return new OneDnnRunner(graph);
    } catch (UnsupportedGraphException e) {
      return new PlainRunner(graph, "not accelerated: " + e.getMessage());
    }
  }

  /** Deeplearning4j itself, whatever else there is. */
  static GraphRunner plain(ComputationGraph graph) {
    return new PlainRunner(graph, "asked for");
  }

  /**
   * One step of training: forward, backward, and the update that the graph's own updater makes.
   *
   * @param batch pictures {@code [examples, 3, 32, 32]} or whatever the graph takes, and targets
   * @return the mean loss of the examples before the update, without the regularisation's share,
   *     which the graph's own score contains
   * @throws IllegalArgumentException if inputs or targets do not fit the network
   */
  double step(DataSet batch);

  /**
   * The graph's answers, without dropout and with the running statistics of its batch norms.
   *
   * @return a new array {@code [examples, outputs]}
   */
  INDArray output(INDArray inputs);

  /** What runs, in a few words, for the report; if it is not the fastest way there is, why. */
  String description();

  /**
   * Where the time goes: milliseconds of each part of a step, or of an answer if that came last, as
   * a mean over all runs but the first. Empty if the runner does not know.
   */
  default Map<String, Double> milliseconds() {
    return Map.of();
  }

  /** The graph, whose parameters always are those after the last step. */
  ComputationGraph graph();

  @Override
  void close();
}
