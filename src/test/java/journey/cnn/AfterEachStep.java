package journey.cnn;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** Does something after each step of a graph's training, whatever runs it. */
final class AfterEachStep extends BaseTrainingListener {

  private final Runnable action;

  private AfterEachStep(Runnable action) {
    this.action = action;
  }

  /** The graph, with this listener. */
  static ComputationGraph of(ComputationGraph graph, Runnable action) {
    graph.addListeners(new AfterEachStep(action));
    return graph;
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    action.run();
  }
}
