package journey.bench;

import journey.engine.GraphRunner;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * Counts the time of training and leaves out the looks at the validation part: it stops with the
 * last step before an answer is asked for.
 */
final class TrainingClock {

  private long counted;
  private long started = System.nanoTime();
  private long lastStep = started;

  /** The seconds from the start to the last step, but for what lay between it and going on. */
  double seconds() {
    return (counted + lastStep - started) / 1e9;
  }

  /** The training goes on now. */
  void goOn() {
    counted += lastStep - started;
    started = System.nanoTime();
    lastStep = started;
  }

  /** This runner, whose steps the clock takes notice of. */
  GraphRunner watching(GraphRunner runner) {
    return new Watched(runner);
  }

  private final class Watched implements GraphRunner {

    private final GraphRunner runner;

    Watched(GraphRunner runner) {
      this.runner = runner;
    }

    @Override
    public double step(DataSet batch) {
      double loss = runner.step(batch);
      lastStep = System.nanoTime();
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
}
