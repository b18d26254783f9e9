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
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A whitening convolution and three groups of two convolutions with GELU, made to learn in few
 * epochs.
 *
 * <p>The logits z = W·x/9 learn with V = W/9 as the output's weights. A step of rate η on W changes
 * V by η/9 · ∂L/∂W = η/81 · ∂L/∂V: so V has 1/81 of the learning rate, and 81 times the decay.
 *
 * <p>GELU is x·σ(1.702·x) here. Deeplearning4j's own gradient of it is not a number above 26, which
 * values of whitened pictures come close to; the accelerated one is right everywhere.
 *
 * @param width filters of the first group; the others have four times as many
 * @see <a href="https://arxiv.org/abs/2404.00498">Jordan, 2024: 94 % on CIFAR-10 in 3.29 seconds on
 *     a single GPU (airbench94)</a>
 */
public record FastCnn(int width) implements CnnArchitecture {

  private static final String WHITENING = "whitening";
  private static final double NORM_RATE = 64;
  private static final double LOGITS = 9;
  private static final double SHIFT_DECAY = 0.0153 / 11.5 / NORM_RATE / (1 - 0.85);

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
      layers.convolution(filters).maxPool(2);
      layers.layer("norm", ScaleFreeNorm.layer(normRate.clone())).activation(Activation.GELU);
      layers.convolution(filters);
      layers.layer("norm", ScaleFreeNorm.layer(normRate.clone())).activation(Activation.GELU);
    }
    return layers.maxPool(3).named("output", output(recipe)).build();
  }

  private static Layer whitening(Recipe recipe) {
    ConvolutionLayer layer =
        new ConvolutionLayer.Builder(2, 2)
            .nOut(Whitening.FILTERS)
            .updater(Scaled.rate(recipe.updater(), 0))
            .biasUpdater(recipe.updater().clone())
            .build();
    layer.setRegularization(List.of(Scaled.decay(recipe.weightDecay(), 0)));
    layer.setRegularizationBias(List.of(recipe.weightDecay()));
    return layer;
  }

  private static Layer output(Recipe recipe) {
    OutputLayer layer =
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(10)
            .hasBias(false)
            .activation(Activation.SOFTMAX)
            .updater(Scaled.rate(recipe.updater(), 1 / (LOGITS * LOGITS)))
            .build();
    layer.setRegularization(List.of(Scaled.decay(recipe.weightDecay(), LOGITS * LOGITS)));
    return layer;
  }

  /** With whitening filters that still are random. */
  @Override
  public ComputationGraph network(Recipe recipe, long seed) {
    var graph = CnnArchitecture.super.network(recipe, seed);
    DiracFilters.into(graph);
    graph.getLayer("output").getParam("W").divi(LOGITS);
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
