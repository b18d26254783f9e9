package journey.cnn;

import java.util.Locale;
import journey.memory.Allocation;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.params.EmptyParamInitializer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The numbers that a network keeps, counted before there is a network: Deeplearning4j allocates
 * them all at once, and without room for them the process dies.
 *
 * @param type of each number
 * @param parameters weights, biases and a batch norm's statistics; {@link Long#MAX_VALUE} if there
 *     are even more
 * @param updaterState what the updaters note about the parameters, or a little more
 */
record NetworkMemory(DataType type, long parameters, long updaterState) {

  /** Fewer than these are counted exactly by Deeplearning4j, whose numbers can overflow. */
  private static final double COUNTABLE = 1L << 50;

  /**
   * Counts.
   *
   * @throws IllegalArgumentException if a layer has no inputs or no outputs
   */
  static NetworkMemory of(ComputationGraphConfiguration configuration) {
    double parameters = 0;
    double state = 0;
    for (var vertex : configuration.getVertices().entrySet()) {
      double ofVertex = parameters(vertex.getKey(), vertex.getValue());
      parameters += ofVertex;
      state += ofVertex * statePerParameter(vertex.getValue());
    }
    return new NetworkMemory(configuration.getDataType(), (long) parameters, (long) state);
  }

  private static double parameters(String name, GraphVertex vertex) {
    double roughly = 0;
    if (vertex instanceof LayerVertex ofLayer
        && ofLayer.getLayerConf().getLayer() instanceof FeedForwardLayer layer
        && !(layer.initializer() instanceof EmptyParamInitializer)) {
      if (layer.getNIn() < 1 || layer.getNOut() < 1) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the layer \"%s\" has %,d inputs and %,d outputs, but it must have some of each: choose a width of at least 1, and not one that overflows",
                name,
                layer.getNIn(),
                layer.getNOut()));
      }
      roughly = (double) layer.getNIn() * layer.getNOut() * places(layer);
    }
    return roughly < COUNTABLE ? vertex.numParams(true) : roughly;
  }

  private static double places(Layer layer) {
    double places = 1;
    if (layer instanceof ConvolutionLayer convolution) {
      for (int side : convolution.getKernelSize()) {
        places *= side;
      }
    }
    return places;
  }

  private static long statePerParameter(GraphVertex vertex) {
    if (vertex instanceof LayerVertex ofLayer
        && ofLayer.getLayerConf().getLayer() instanceof BaseLayer layer) {
      return layer.initializer().paramKeys(layer).stream()
          .mapToLong(parameter -> layer.getUpdaterByParam(parameter).stateSize(1))
          .max()
          .orElse(0);
    }
    return 0;
  }

  /** Bytes of the parameters alone, which is all that predicting takes. */
  long parameterBytes() {
    return Allocation.bytes(type, parameters);
  }

  /** Bytes of the parameters, as many gradients, and the updaters' state. */
  long trainingBytes() {
    double numbers = 2.0 * parameters + updaterState;
    return Allocation.bytes(type, (long) numbers);
  }

  /**
   * Refuses a network that cannot be trained here.
   *
   * @throws IllegalArgumentException if there is no memory for it
   */
  void requireForTraining(String name) {
    Allocation.require(
        trainingBytes(),
        String.format(
            Locale.ROOT,
            "the network \"%s\" of %,d parameters, with their gradients and the updater's state,",
            name,
            parameters));
  }

  /**
   * Refuses a network that cannot even predict here.
   *
   * @throws IllegalArgumentException if there is no memory for it
   */
  void requireForPredicting(String name) {
    Allocation.require(
        parameterBytes(),
        String.format(Locale.ROOT, "the network of %,d parameters in %s", parameters, name));
  }
}
