package journey.engine;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * Trains and runs a {@link ComputationGraph}, by Deeplearning4j itself or by something faster on
 * the same parameters.
 *
 * <p>It holds memory outside the heap, so close it. For one thread at a time: a call during another
 * thread's ends with an {@link IllegalStateException}, and so does one after {@link #close}.
 */
public interface GraphRunner extends AutoCloseable {

  /**
   * The fastest way to run this graph here: oneDNN called directly if it can run all of the graph,
   * Deeplearning4j itself otherwise. {@link #description()} says which.
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

  /** Deeplearning4j itself, even where something faster is available. */
  static GraphRunner plain(ComputationGraph graph) {
    return new PlainRunner(graph, "asked for");
  }

  /**
   * One step of training: forward, backward, and the update that the graph's own updater makes.
   *
   * <p>The last bits of its sums depend on the number of threads. Beside another busy process a
   * step may run on fewer than otherwise, because that is faster; {@code -Djourney.threads=fixed}
   * or {@code JOURNEY_THREADS=fixed} in the environment keeps the number, and so the last bits.
   *
   * @param batch inputs of the shape that the graph takes, examples first, and targets
   * @return the mean loss of the examples before the update, without the regularization term that
   *     the graph's own score includes
   * @throws IllegalArgumentException if inputs or targets do not fit the network or are not finite
   * @throws NotFiniteException if a parameter is not finite after the step
   */
  double step(DataSet batch);

  /**
   * The graph's outputs, without dropout and with the running statistics of its batch norms; always
   * those of its present parameters, whoever changed them.
   *
   * @return a new array {@code [examples, outputs]}
   * @throws IllegalArgumentException if the inputs do not fit the network or are not finite
   * @throws NotFiniteException if a parameter is not finite
   */
  INDArray output(INDArray inputs);

  /**
   * What a vertex of the graph hands on, as in {@link #output}.
   *
   * @param vertex the vertex's name
   * @return a new array, examples first
   * @throws IllegalArgumentException if there is no such vertex, or the inputs do not fit the
   *     network or are not finite
   * @throws NotFiniteException if a parameter is not finite
   */
  INDArray activations(String vertex, INDArray inputs);

  /** What runs the graph, in a few words for a report; if it is not the fastest way, why. */
  String description();

  /**
   * Where the time goes: milliseconds per part of a step, or of an inference if that came last, as
   * a mean over all runs but the first. Empty if the runner does not measure it.
   */
  default Map<String, Double> milliseconds() {
    return Map.of();
  }

  /** The graph; its parameters are always those after the last step. */
  ComputationGraph graph();

  /**
   * Gives the memory back; the graph stays.
   *
   * @throws IllegalStateException if the runner is at work
   */
  @Override
  void close();
}
