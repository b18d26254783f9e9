package journey.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import journey.engine.GraphRunner;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Tells where the milliseconds of a training step go. */
final class CnnProfile {

  private static final LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  private final ComputationGraph graph;
  private final Map<String, Long> nanoseconds = new LinkedHashMap<>();
  private long last;

  private CnnProfile(ComputationGraph graph) {
    this.graph = graph;
  }

  /**
   * What the engine itself tells of its steps, by the kinds of the layers that a piece was made of,
   * and what it does not tell.
   *
   * @param runner one that has made no step yet, so that it tells of the same steps that are timed
   */
  static Map<String, Double> ofEngine(GraphRunner runner, Supplier<DataSet> batches, int steps) {
    // The engine leaves its first step out, and so do we.
    runner.step(batches.get());
    long started = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      runner.step(batches.get());
    }
    double step = (System.nanoTime() - started) / 1e6 / steps;
    var result = new LinkedHashMap<String, Double>();
    runner.milliseconds().forEach((part, each) -> result.merge(kind(part), each, Double::sum));
    double known = result.values().stream().mapToDouble(Double::doubleValue).sum();
    result.put("update and the rest", step - known);
    return result;
  }

  /** "norm + act forward" for "norm3 + act3 forward"; "dense1:0" is a part of a layer. */
  private static String kind(String part) {
    return part.replaceAll(":?[0-9]+", "");
  }

  /**
   * Goes through the layers of a graph one after the other as Deeplearning4j does, with a look at
   * the clock after each.
   *
   * @param graph a chain of layers; unchanged but for its parameters
   * @return milliseconds per step by the kind of layer
   */
  static Map<String, Double> ofLayers(
      ComputationGraph graph, Supplier<DataSet> batches, int steps) {
    var profile = new CnnProfile(graph);
    for (int i = 0; i < steps; i++) {
      // Without workspaces a step leaves gigabytes outside the heap.
      System.gc();
      profile.step(batches.get());
    }
    var result = new LinkedHashMap<String, Double>();
    profile.nanoseconds.forEach((piece, sum) -> result.put(piece, sum / 1e6 / steps));
    return result;
  }

  private void step(DataSet batch) {
    last = System.nanoTime();
    forward(batch);
    backward();
    graph
        .getUpdater()
        .update(
            new DefaultGradient(graph.getFlattenedGradients()),
            graph.getIterationCount(),
            graph.getEpochCount(),
            batch.numExamples(),
            NO_WORKSPACES);
    graph.params().subi(graph.getFlattenedGradients().reshape(graph.params().shape()));
    lap("update");
    graph.clear();
  }

  private void forward(DataSet batch) {
    INDArray a = batch.getFeatures();
    graph.setInput(0, a);
    for (int position : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[position];
      if (vertex.isInputVertex()) {
        continue;
      }
      vertex.setInput(0, a, NO_WORKSPACES);
      if (vertex.getLayer() instanceof IOutputLayer output) {
        output.setLabels(batch.getLabels());
      } else {
        a = vertex.doForward(true, NO_WORKSPACES);
        lap(kind(vertex) + " forward");
      }
    }
  }

  private void backward() {
    int[] order = graph.topologicalSortOrder();
    INDArray gradient = null;
    for (int i = order.length - 1; i >= 0; i--) {
      GraphVertex vertex = graph.getVertices()[order[i]];
      if (vertex.isInputVertex()) {
        continue;
      }
      if (gradient != null) {
        vertex.setEpsilon(gradient);
      }
      gradient = vertex.doBackward(false, NO_WORKSPACES).getSecond()[0];
      boolean output = vertex.getLayer() instanceof IOutputLayer;
      lap(kind(vertex) + (output ? " forward and backward" : " backward"));
    }
  }

  private static String kind(GraphVertex vertex) {
    return vertex.getLayer().getClass().getSimpleName();
  }

  private void lap(String piece) {
    long now = System.nanoTime();
    nanoseconds.merge(piece, now - last, Long::sum);
    last = now;
  }
}
