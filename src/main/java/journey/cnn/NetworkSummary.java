package journey.cnn;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import journey.data.ImageShape;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A network's layers with their sizes and costs, as a table. */
public final class NetworkSummary {

  private static final Set<String> STATISTICS =
      Set.of(
          BatchNormalizationParamInitializer.GLOBAL_MEAN,
          BatchNormalizationParamInitializer.GLOBAL_VAR,
          BatchNormalizationParamInitializer.GLOBAL_LOG_STD);

  private NetworkSummary() {}

  /**
   * A row for each layer, from input to output, and one with the sums.
   *
   * <p>Parameters are weights, biases, scales and shifts; a batch norm's running statistics are
   * not, though {@link ComputationGraph#numParams()} counts them. Multiply-adds are those of the
   * convolutions and dense layers in one forward pass of one picture.
   *
   * @param input the shape of the pictures the network takes
   * @return with the columns layer, kind, output shape, parameters, multiply-adds
   */
  public static Table table(ComputationGraph graph, ImageShape input) {
    var layer = StringColumn.create("layer");
    var kind = StringColumn.create("kind");
    var shape = StringColumn.create("output shape");
    var parameters = LongColumn.create("parameters");
    var multiplyAdds = LongColumn.create("multiply-adds");
    Map<String, InputType> outputs =
        graph
            .getConfiguration()
            .getLayerActivationTypes(
                InputType.convolutional(input.side(), input.side(), input.channels()));
    for (int index : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[index];
      if (vertex.isInputVertex()) {
        continue;
      }
      InputType output = outputs.get(vertex.getVertexName());
      layer.append(vertex.getVertexName());
      kind.append(kind(graph, vertex) + (isFrozen(vertex) ? ", frozen" : ""));
      shape.append(shape(output));
      parameters.append(parameters(vertex));
      multiplyAdds.append(multiplyAdds(vertex, output));
    }
    layer.append("total");
    kind.append("");
    shape.append("");
    parameters.append((long) parameters.sum());
    multiplyAdds.append((long) multiplyAdds.sum());
    return Table.create("network", layer, kind, shape, parameters, multiplyAdds);
  }

  private static boolean isFrozen(GraphVertex vertex) {
    return vertex.hasLayer()
        ? vertex.getLayer() instanceof FrozenLayer
        : vertex instanceof org.deeplearning4j.nn.graph.vertex.impl.FrozenVertex;
  }

  private static String kind(ComputationGraph graph, GraphVertex vertex) {
    if (!vertex.hasLayer()) {
      var configuration = graph.getConfiguration().getVertices().get(vertex.getVertexName());
      if (configuration instanceof FrozenVertex frozen) {
        configuration = frozen.getUnderlying();
      }
      return configuration instanceof ElementWiseVertex sum
          ? sum.getOp().name().toLowerCase(Locale.ROOT)
          : configuration.getClass().getSimpleName();
    }
    Layer layer = vertex.getLayer().conf().getLayer();
    if (layer instanceof ConvolutionLayer convolution) {
      return "convolution " + square(convolution.getKernelSize());
    } else if (layer instanceof SubsamplingLayer pooling) {
      return pooling.getPoolingType().name().toLowerCase(Locale.ROOT)
          + " pooling "
          + square(pooling.getKernelSize());
    } else if (layer instanceof BatchNormalization) {
      return "batch norm";
    } else if (layer instanceof ActivationLayer activation) {
      return activation.getActivationFn().toString().replaceFirst("\\(.*", "");
    } else if (layer instanceof OutputLayer output) {
      return "output, " + output.getActivationFn();
    } else if (layer instanceof DenseLayer) {
      return "dense";
    }
    return layer.getClass().getSimpleName();
  }

  private static String square(int[] sides) {
    return sides[0] + "x" + sides[1];
  }

  private static String shape(InputType output) {
    return Arrays.stream(output.getShape())
        .mapToObj(Long::toString)
        .collect(Collectors.joining(" x "));
  }

  private static long parameters(GraphVertex vertex) {
    Map<String, INDArray> table = vertex.paramTable(false);
    return table == null
        ? 0
        : table.entrySet().stream()
            .filter(parameter -> !STATISTICS.contains(parameter.getKey()))
            .mapToLong(parameter -> parameter.getValue().length())
            .sum();
  }

  /** A convolution uses each weight once for each pixel of its output. */
  private static long multiplyAdds(GraphVertex vertex, InputType output) {
    if (!vertex.hasLayer() || !vertex.getLayer().paramTable().containsKey("W")) {
      return 0;
    }
    long weights = vertex.getLayer().getParam("W").length();
    return output instanceof InputType.InputTypeConvolutional map
        ? weights * map.getHeight() * map.getWidth()
        : weights;
  }
}
