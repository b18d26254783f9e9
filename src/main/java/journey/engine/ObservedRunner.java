package journey.engine;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * Another runner, with something to be done after each of its steps.
 *
 * @param runner what runs
 * @param afterStep what is done when a step is over
 */
record ObservedRunner(GraphRunner runner, Runnable afterStep) implements GraphRunner {

  @Override
  public double step(DataSet batch) {
    double loss = runner.step(batch);
    afterStep.run();
    return loss;
  }

  @Override
  public INDArray output(INDArray inputs) {
    return runner.output(inputs);
  }

  @Override
  public String description() {
    return runner.description();
  }

  @Override
  public Map<String, Double> milliseconds() {
    return runner.milliseconds();
  }

  @Override
  public ComputationGraph graph() {
    return runner.graph();
  }

  @Override
  public void close() {
    runner.close();
  }
}
