package journey.cnn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import journey.data.ImageShape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Layers of a {@code ComputationGraph}, one upon another, each with the recipe's updater and weight
 * decay; or, where the recipe has {@link Muon}, convolutions as that needs them. Their names are
 * their kind and a number: conv1, norm1, act1, pool1, conv2 ...
 */
public final class LayerStack {

  private final GraphBuilder graph;
  private final MuonSettings muon;
  private final Map<String, Integer> count = new HashMap<>();
  private String top = "pictures";

  /** An empty stack over pictures of this shape. */
  public LayerStack(ImageShape input, Recipe recipe, long seed, WeightInit weightInit) {
    muon = recipe.muon();
    graph =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .weightInit(weightInit)
            .activation(Activation.IDENTITY)
            .updater(recipe.updater())
            .regularization(List.of(recipe.weightDecay()))
            .graphBuilder()
            .addInputs(top)
            .setInputTypes(InputType.convolutional(input.side(), input.side(), input.channels()));
  }

  /** The name of the uppermost layer. */
  public String top() {
    return top;
  }

  /** A convolution of 3x3, padded to keep the size, without bias: batch norm has one. */
  public LayerStack convolution(int filters) {
    ConvolutionLayer layer =
        new ConvolutionLayer.Builder(3, 3)
            .convolutionMode(ConvolutionMode.Same)
            .nOut(filters)
            .hasBias(false)
            .build();
    if (muon.on()) {
      layer.setIUpdater(new Sgd(muon.rate()));
    }
    return layer("conv", layer);
  }

  /** Batch norm and ReLU: a layer of its own, as Deeplearning4j ignores a batch norm's. */
  public LayerStack normRelu() {
    return layer("norm", new BatchNormalization()).activation(Activation.RELU);
  }

  /** A function of each value. */
  public LayerStack activation(Activation function) {
    return layer("act", new ActivationLayer(function));
  }

  /** The largest value of each square; an incomplete square at the edge is dropped. */
  public LayerStack maxPool(int side) {
    return layer(
        "pool",
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(side, side)
            .stride(side, side)
            .convolutionMode(ConvolutionMode.Truncate)
            .build());
  }

  /** The sum of the uppermost layer and one below, of the same shape. */
  public LayerStack add(String below) {
    String name = numbered("add");
    graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), top, below);
    top = name;
    return this;
  }

  /** All values multiplied by the same factor. */
  public LayerStack scale(double factor) {
    String name = numbered("scale");
    graph.addVertex(name, new ScaleVertex(factor), top);
    top = name;
    return this;
  }

  /** Any layer. */
  public LayerStack layer(String kind, Layer layer) {
    return named(numbered(kind), layer);
  }

  /** Any layer, with a name without a number. */
  public LayerStack named(String name, Layer layer) {
    graph.addLayer(name, layer, top);
    top = name;
    return this;
  }

  /** The configuration, whose output is the uppermost layer. */
  public ComputationGraphConfiguration build() {
    return graph.setOutputs(top).build();
  }

  private String numbered(String kind) {
    return kind + count.merge(kind, 1, Integer::sum);
  }
}
