package journey.engine;

import java.util.List;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/** Deeplearning4j as it comes, except that GELU's gradient is finite everywhere. */
final class PlainRunner extends GuardedRunner {

  private final String reason;

  /**
   * @param reason why nothing faster runs the graph
   */
  PlainRunner(ComputationGraph graph, String reason) {
    super(graph);
    this.reason = reason;
  }

  @Override
  double train(DataSet batch) {
    double regularization = graph().calcRegularizationScore(true);
    StableGelu.during(graph(), () -> graph().fit(batch));
    return graph().score() - regularization;
  }

  @Override
  INDArray infer(INDArray inputs) {
    Finite.requireParameters(graph());
    return graph().outputSingle(inputs);
  }

  @Override
  INDArray infer(String vertex, INDArray inputs) {
    Finite.requireParameters(graph());
    return activations(graph(), vertex, inputs);
  }

  /**
   * Asks for this vertex alone, for in a pass through all a later one may overwrite what it hands
   * on; and without workspaces, of which Deeplearning4j would leave one open.
   */
  static INDArray activations(ComputationGraph graph, String vertex, INDArray inputs) {
    var configuration = graph.getConfiguration();
    WorkspaceMode mode = configuration.getInferenceWorkspaceMode();
    configuration.setInferenceWorkspaceMode(WorkspaceMode.NONE);
    try {
      return graph.output(List.of(vertex), false, new INDArray[] {inputs}, null)[0];
    } finally {
      configuration.setInferenceWorkspaceMode(mode);
    }
  }

  @Override
  public String description() {
    return "Deeplearning4j itself (" + reason + ")";
  }

  @Override
  void release() {
    // The graph belongs to the caller.
  }
}
