package journey.cnn;

import java.util.Locale;
import java.util.Map;
import journey.data.ImageShape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;

/** Which pictures a network takes, and how many numbers it answers with. */
final class NetworkShape {

  private NetworkShape() {}

  /**
   * The numbers that the network answers with for a picture of this shape.
   *
   * @throws IllegalArgumentException if it takes pictures of another shape, or has not one input
   *     and one output
   */
  static long outputs(ComputationGraphConfiguration network, ImageShape picture) {
    if (network.getNetworkInputs().size() != 1 || network.getNetworkOutputs().size() != 1) {
      throw new IllegalArgumentException(
          "a network that classifies pictures has one input and one output, but this one has the inputs %s and the outputs %s"
              .formatted(network.getNetworkInputs(), network.getNetworkOutputs()));
    }
    Map<String, InputType> types = types(network, picture);
    network
        .getVertices()
        .forEach(
            (name, vertex) -> {
              if (vertex instanceof LayerVertex ofLayer) {
                String below = network.getVertexInputs().get(name).get(0);
                requireFits(name, ofLayer.getLayerConf().getLayer(), types.get(below), picture);
              }
            });
    return types.get(network.getNetworkOutputs().get(0)).arrayElementsPerExample();
  }

  private static Map<String, InputType> types(
      ComputationGraphConfiguration network, ImageShape picture) {
    try {
      // Of a copy, as it would add to the configuration what it finds missing.
      return network
          .clone()
          .getLayerActivationTypes(
              InputType.convolutional(picture.side(), picture.side(), picture.channels()));
    } catch (RuntimeException problem) {
      throw new IllegalArgumentException(
          "the network takes other pictures than those of %s: %s".formatted(picture, problem),
          problem);
    }
  }

  private static void requireFits(String name, Layer layer, InputType below, ImageShape picture) {
    long arriving = arriving(layer, below);
    if (arriving > 0 && arriving != ((FeedForwardLayer) layer).getNIn()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the network takes other pictures than those of %s: its layer \"%s\" expects %,d inputs, but from such pictures come %,d. Scale them to the shape that the network was made for",
              picture,
              name,
              ((FeedForwardLayer) layer).getNIn(),
              arriving));
    }
  }

  /** What must be the layer's number of inputs; 0 if that is not known. */
  private static long arriving(Layer layer, InputType below) {
    boolean ofChannels = layer instanceof ConvolutionLayer || layer instanceof BatchNormalization;
    boolean ofAll = layer instanceof DenseLayer || layer instanceof BaseOutputLayer;
    if (ofChannels && below instanceof InputTypeConvolutional map) {
      return map.getChannels();
    }
    return ofAll ? below.arrayElementsPerExample() : 0;
  }
}
