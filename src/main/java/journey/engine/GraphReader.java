package journey.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import journey.engine.onednn.Addition;
import journey.engine.onednn.Elementwise;
import journey.engine.onednn.Flattening;
import journey.engine.onednn.Frozen;
import journey.engine.onednn.Operation;
import journey.engine.onednn.OperationGraph;
import journey.engine.onednn.SoftmaxCrossEntropy;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.nd4j.linalg.api.buffer.DataType;

/** Reads a {@link ComputationGraph} as operations that oneDNN can run. */
final class GraphReader {

  private final ComputationGraph graph;
  private final ComputationGraphConfiguration configuration;
  private final List<OperationGraph.Node> nodes = new ArrayList<>();
  private final Map<String, String> results = new HashMap<>();
  private final LayerReader layers;
  private boolean learns;

  private GraphReader(ComputationGraph graph) {
    this.graph = graph;
    configuration = graph.getConfiguration();
    layers = new LayerReader(new ParameterPositions(graph));
  }

  /**
   * The same network.
   *
   * @throws UnsupportedGraphException if a part of it is not supported; the message names it
   */
  static OperationGraph read(ComputationGraph graph) throws UnsupportedGraphException {
    return new GraphReader(graph).read();
  }

  private OperationGraph read() throws UnsupportedGraphException {
    checkGraph();
    String input = configuration.getNetworkInputs().get(0);
    results.put(input, input);
    for (int index : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[index];
      if (!vertex.isInputVertex()) {
        add(vertex);
      }
    }
    Operation last = nodes.get(nodes.size() - 1).operation();
    require(last instanceof SoftmaxCrossEntropy, "the network", "does not end in a softmax");
    return new OperationGraph(input, List.copyOf(nodes));
  }

  private void checkGraph() throws UnsupportedGraphException {
    String it = "the network";
    require(configuration.getNetworkInputs().size() == 1, it, "has more than one input");
    require(configuration.getNetworkOutputs().size() == 1, it, "has more than one output");
    require(graph.params().dataType() == DataType.FLOAT, it, "is not of type FLOAT");
    require(configuration.getBackpropType() == BackpropType.Standard, it, "uses truncated BPTT");
    var defaults = graph.conf();
    require(defaults.isMiniBatch(), it, "does not divide its gradients by the batch size");
    require(
        defaults.getOptimizationAlgo() == OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT,
        it,
        "is not trained by stochastic gradient descent");
    require(defaults.getStepFunction() == null, it, "has a step function of its own");
  }

  private void add(GraphVertex vertex) throws UnsupportedGraphException {
    String name = vertex.getVertexName();
    if (vertex instanceof LayerVertex layer) {
      var operations = new ArrayList<Operation>();
      addPreProcessor(name, layer.getLayerPreProcessor(), operations);
      if (layer.getLayer() instanceof FrozenLayer frozen) {
        operations.addAll(layers.read(name, frozen.getInsideLayer()));
        chain(name, frozen(name, operations));
      } else {
        operations.addAll(layers.read(name, layer.getLayer()));
        learns |= operations.stream().anyMatch(Operation::hasParameters);
        chain(name, operations);
      }
      return;
    }
    var settings = configuration.getVertices().get(name);
    if (settings instanceof FrozenVertex frozen) {
      add(name, frozen(name, List.of(operation(name, frozen.getUnderlying()))).get(0));
    } else {
      add(name, operation(name, settings));
    }
  }

  /**
   * The same operations, learning nothing. Deeplearning4j goes back no further than to the first
   * frozen vertex it meets, so none may come after one that learns.
   */
  private List<Operation> frozen(String name, List<Operation> operations)
      throws UnsupportedGraphException {
    require(!learns, name, "is frozen, but comes after layers that learn");
    return operations.stream().<Operation>map(Frozen::new).toList();
  }

  private static Operation operation(
      String name, org.deeplearning4j.nn.conf.graph.GraphVertex settings)
      throws UnsupportedGraphException {
    if (settings instanceof ElementWiseVertex sum) {
      require(sum.getOp() == ElementWiseVertex.Op.Add, name, "does " + sum.getOp() + ", not Add");
      return new Addition();
    }
    if (settings instanceof ScaleVertex scale) {
      return Elementwise.scale(scale.getScaleFactor());
    }
    throw new UnsupportedGraphException(name + " is a " + settings.getClass().getSimpleName());
  }

  private void add(String name, Operation operation) {
    nodes.add(new OperationGraph.Node(name, inputs(name), operation));
    results.put(name, name);
  }

  private static void addPreProcessor(
      String name, InputPreProcessor before, List<Operation> operations)
      throws UnsupportedGraphException {
    if (before == null) {
      return;
    }
    require(
        before.getClass() == CnnToFeedForwardPreProcessor.class
            && ((CnnToFeedForwardPreProcessor) before).getFormat() == CNN2DFormat.NCHW,
        name,
        "has the pre-processor " + before.getClass().getSimpleName());
    operations.add(new Flattening());
  }

  private List<String> inputs(String vertex) {
    return configuration.getVertexInputs().get(vertex).stream().map(results::get).toList();
  }

  /** Adds a chain of operations; the last one's result is the vertex's. */
  private void chain(String vertex, List<Operation> operations) {
    String from = inputs(vertex).get(0);
    for (int i = 0; i < operations.size(); i++) {
      String to = i == operations.size() - 1 ? vertex : vertex + ":" + i;
      nodes.add(new OperationGraph.Node(to, List.of(from), operations.get(i)));
      from = to;
    }
    results.put(vertex, from);
  }

  static void require(boolean condition, String name, String otherwise)
      throws UnsupportedGraphException {
    if (!condition) {
      throw new UnsupportedGraphException(name + " " + otherwise);
    }
  }
}
