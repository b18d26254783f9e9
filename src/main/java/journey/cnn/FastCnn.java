package journey.cnn;

import java.util.List;
import journey.data.Cifar10;
import journey.data.ImageShape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A whitening convolution and three groups of two convolutions with GELU, made to learn in few
 * epochs.
 *
 * <p>GELU is x·σ(1.702·x) here. Deeplearning4j's own gradient of it is NaN for x above 26, which
 * some values of whitened pictures are; that of a {@code GraphRunner} is right everywhere.
 *
 * @param input the shape of the pictures
 * @param classes the number of classes
 * @param width filters of the first group; the others have four times as many
 * @see <a href="https://arxiv.org/abs/2404.00498">Jordan, 2024: 94 % on CIFAR-10 in 3.29 seconds on
 *     a single GPU (airbench94)</a>
 */
public record FastCnn(ImageShape input, int classes, int width) implements CnnArchitecture {

  private static final String WHITENING = "whitening";
  private static final double NORM_RATE = 64;
  private static final double SHIFT_DECAY =
      Recipes.FAST_DECAY / NORM_RATE / (1 - Recipes.FAST_MOMENTUM);

  /** Refuses pictures that are too small. */
  public FastCnn {
    input.requireSide(9);
  }

  /** For CIFAR-10: pictures of 32x32x3 and ten classes. */
  public FastCnn(int width) {
    this(Cifar10.SHAPE, 10, width);
  }

  @Override
  public String name() {
    return "fast CNN";
  }

  @Override
  public ComputationGraphConfiguration configuration(Recipe recipe, long seed) {
    var layers = new LayerStack(input, recipe, seed, WeightInit.UNIFORM);
    var normRate = Scaled.rate(recipe.updater(), NORM_RATE);
    layers.named(WHITENING, whitening(recipe)).activation(Activation.GELU);
    for (int filters : List.of(width, 4 * width, 4 * width)) {
      normGelu(layers.convolution(filters).maxPool(2), normRate);
      normGelu(layers.convolution(filters), normRate);
    }
    OutputLayer output =
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(classes)
            .hasBias(false)
            .activation(Activation.SOFTMAX)
            .build();
    return layers.maxPool((input.side() - 1) / 8).scale(1 / 9.0).named("output", output).build();
  }

  private static void normGelu(LayerStack layers, IUpdater rate) {
    layers.layer("norm", ScaleFreeNorm.layer(rate.clone())).activation(Activation.GELU);
  }

  private Layer whitening(Recipe recipe) {
    ConvolutionLayer layer =
        new ConvolutionLayer.Builder(2, 2)
            .nOut(Whitening.filterCount(input.channels()))
            .updater(Scaled.rate(recipe.updater(), 0))
            .biasUpdater(recipe.updater().clone())
            .build();
    layer.setRegularization(List.of());
    layer.setRegularizationBias(List.of(recipe.weightDecay()));
    return layer;
  }

  /** With random whitening filters. */
  @Override
  public ComputationGraph network(Recipe recipe, long seed) {
    var graph = CnnArchitecture.super.network(recipe, seed);
    DiracFilters.into(graph);
    return graph;
  }

  @Override
  public ComputationGraph network(Recipe recipe, long seed, INDArray trainPictures) {
    var graph = network(recipe, seed);
    graph.getLayer(WHITENING).getParam("W").assign(Whitening.of(trainPictures).filters());
    return graph;
  }

  /** The whitening layer's bias learns for three epochs. */
  @Override
  public double rateFactor(String layer, double epoch) {
    return layer.equals(WHITENING) && epoch >= 3 ? 0 : 1;
  }

  /**
   * Batch norms keep the scale 1; their shifts decay as fast as weights do, at 64 times the rate.
   */
  @Override
  public void afterStep(ComputationGraph graph) {
    ScaleFreeNorm.restore(graph, SHIFT_DECAY);
  }
}
