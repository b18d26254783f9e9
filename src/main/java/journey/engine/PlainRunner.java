package journey.engine;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * Deeplearning4j as it comes, except that GELU's gradient is finite everywhere.
 *
 * @param graph the network
 * @param reason why nothing faster runs it
 */
record PlainRunner(ComputationGraph graph, String reason) implements GraphRunner {

  @Override
  public double step(DataSet batch) {
    double regularization = graph.calcRegularizationScore(true);
    StableGelu.during(graph, () -> graph.fit(batch));
    return graph.score() - regularization;
  }

  @Override
  public INDArray output(INDArray inputs) {
    return graph.outputSingle(inputs);
  }

  @Override
  public String description() {
    return "Deeplearning4j itself (" + reason + ")";
  }

  @Override
  public void close() {
    // The graph belongs to the caller.
  }
}
