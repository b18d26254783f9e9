package journey.cnn;

import java.util.function.IntConsumer;
import journey.engine.GraphRunner;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/** Another runner, with something to be done after each step; it is told the steps until then. */
final class HookedRunner implements GraphRunner {

  private final GraphRunner runner;
  private final IntConsumer afterStep;
  private int steps;

  HookedRunner(GraphRunner runner, IntConsumer afterStep) {
    this.runner = runner;
    this.afterStep = afterStep;
  }

  /** Interrupts the thread in its n-th step, as a notebook's stop button does. */
  static HookedRunner interrupting(GraphRunner runner, int step) {
    return new HookedRunner(
        runner,
        steps -> {
          if (steps == step) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Override
  public double step(DataSet batch) {
    double loss = runner.step(batch);
    afterStep.accept(++steps);
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
  public ComputationGraph graph() {
    return runner.graph();
  }

  @Override
  public void close() {
    runner.close();
  }
}
