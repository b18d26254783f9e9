package journey.cnn;

import java.util.List;
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
 * <p>GELU is x·σ(1.702·x) here. Deeplearning4j's own gradient of it is not a number above 26, which
 * some values of whitened pictures are; that of a {@code GraphRunner} is right everywhere.
 *
 * @param width filters of the first group; the others have four times as many
 * @see <a href="https://arxiv.org/abs/2404.00498">Jordan, 2024: 94 % on CIFAR-10 in 3.29 seconds on
 *     a single GPU (airbench94)</a>
 */
public record FastCnn(int width) implements CnnArchitecture {

  private static final String WHITENING = "whitening";
  private static final double NORM_RATE = 64;
  private static final double SHIFT_DECAY =
      Recipes.FAST_DECAY / NORM_RATE / (1 - Recipes.FAST_MOMENTUM);

  @Override
  public String name() {
    return "fast CNN";
  }

  @Override
  public ComputationGraphConfiguration configuration(Recipe recipe, long seed) {
    var layers = new LayerStack(recipe, seed, WeightInit.UNIFORM);
    var normRate = Scaled.rate(recipe.updater(), NORM_RATE);
    layers.named(WHITENING, whitening(recipe)).activation(Activation.GELU);
    for (int filters : List.of(width, 4 * width, 4 * width)) {
      normGelu(layers.convolution(filters).maxPool(2), normRate);
      normGelu(layers.convolution(filters), normRate);
    }
    OutputLayer output =
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(10)
            .hasBias(false)
            .activation(Activation.SOFTMAX)
            .build();
    return layers.maxPool(3).scale(1 / 9.0).named("output", output).build();
  }

  private static void normGelu(LayerStack layers, IUpdater rate) {
    layers.layer("norm", ScaleFreeNorm.layer(rate.clone())).activation(Activation.GELU);
  }

  private static Layer whitening(Recipe recipe) {
    ConvolutionLayer layer =
        new ConvolutionLayer.Builder(2, 2)
            .nOut(Whitening.FILTERS)
            .updater(Scaled.rate(recipe.updater(), 0))
            .biasUpdater(recipe.updater().clone())
            .build();
    layer.setRegularization(List.of());
    layer.setRegularizationBias(List.of(recipe.weightDecay()));
    return layer;
  }

  /** With whitening filters that still are random. */
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

  /** Batch norms keep the scale 1; their shift decays by as much as a weight, 1/64 of the rate. */
  @Override
  public void afterStep(ComputationGraph graph) {
    ScaleFreeNorm.restore(graph, SHIFT_DECAY);
  }
}
