package journey.engine;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;

/**
 * What all runners refuse, before native code sees it: a second thread, closed arrays, no examples,
 * and numbers that are not finite, which oneDNN's ReLU would turn into zeros.
 */
abstract class GuardedRunner implements GraphRunner {

  private final ComputationGraph graph;
  private final ReentrantLock inUse = new ReentrantLock();
  private boolean closed;

  GuardedRunner(ComputationGraph graph) {
    this.graph = graph;
  }

  /** A step with inputs and targets that are finite. */
  abstract double train(DataSet batch);

  /** The outputs for inputs that are finite. */
  abstract INDArray infer(INDArray inputs);

  /** What a vertex that is there hands on, for inputs that are finite. */
  abstract INDArray infer(String vertex, INDArray inputs);

  /** Gives back the runner's own memory. */
  abstract void release();

  @Override
  public final double step(DataSet batch) {
    return alone(
        () -> {
          requireOpen();
          Finite.require("inputs", batch.getFeatures());
          Finite.require("targets", batch.getLabels());
          double loss = train(batch);
          Finite.requireParameters(graph);
          return loss;
        });
  }

  @Override
  public final INDArray output(INDArray inputs) {
    return alone(
        () -> {
          requireOpen();
          Finite.require("inputs", inputs);
          return infer(inputs);
        });
  }

  @Override
  public final INDArray activations(String vertex, INDArray inputs) {
    return alone(
        () -> {
          requireOpen();
          var names = graph.getConfiguration().getVertices().keySet();
          if (!names.contains(vertex)) {
            throw new IllegalArgumentException(
                "the graph has no vertex \"%s\"; it has %s".formatted(vertex, names));
          }
          Finite.require("inputs", inputs);
          return infer(vertex, inputs);
        });
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "this runner was closed; make another with GraphRunner.of(graph)");
    }
    INDArray parameters = graph.params();
    if (parameters == null || parameters.wasClosed()) {
      throw new IllegalStateException("the graph was closed; it has no parameters any more");
    }
  }

  private <T> T alone(Supplier<T> work) {
    if (!inUse.tryLock()) {
      throw new IllegalStateException(
          "another thread uses this runner, which is for one thread at a time; wait for it to end,"
              + " or make a runner for each thread, and for each a graph of its own if it trains");
    }
    try {
      return work.get();
    } finally {
      inUse.unlock();
    }
  }

  @Override
  public final ComputationGraph graph() {
    return graph;
  }

  @Override
  public final void close() {
    alone(
        () -> {
          if (inUse.getHoldCount() > 1) {
            throw new IllegalStateException("a runner cannot be closed while it is at work");
          }
          closed = true;
          release();
          return null;
        });
  }
}
