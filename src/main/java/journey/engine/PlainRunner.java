package journey.engine;

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
  public String description() {
    return "Deeplearning4j itself (" + reason + ")";
  }

  @Override
  void release() {
    // The graph belongs to the caller.
  }
}
