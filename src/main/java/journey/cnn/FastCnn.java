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
import org.nd4j.linalg.learning.regularization.L2Regularization;
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
 * @see <a href="https://github.com/KellerJordan/cifar10-airbench">airbench94_muon, whose last layer
 *     and learning rates this has</a>
 */
public record FastCnn(ImageShape input, int classes, int width) implements CnnArchitecture {

  static final String WHITENING = "whitening";
  private static final String HEAD = "output";
  private static final double WHITENING_EPOCHS = 3;
  private static final double HEAD_RATE = 0.67;

  /** A pull of the decay in every step adds up, by the momentum, to 1/(1 - momentum) of it. */
  private static final double SHIFT_DECAY =
      Recipes.FAST_DECAY / Recipes.FAST_RATE / (1 - Recipes.FAST_MOMENTUM);

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
    layers.named(WHITENING, whitening(recipe)).activation(Activation.GELU);
    for (int filters : List.of(width, 4 * width, 4 * width)) {
      normGelu(layers.convolution(filters).maxPool(2), recipe);
      normGelu(layers.convolution(filters), recipe);
    }
    OutputLayer output =
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(classes)
            .hasBias(false)
            .activation(Activation.SOFTMAX)
            .updater(Scaled.rate(recipe.updater(), HEAD_RATE / Recipes.FAST_RATE))
            .build();
    output.setRegularization(List.of(new L2Regularization(Recipes.FAST_DECAY / HEAD_RATE)));
    layers.maxPool((input.side() - 1) / 8).scale(1.0 / (4 * width));
    return layers.named(HEAD, output).build();
  }

  private static void normGelu(LayerStack layers, Recipe recipe) {
    layers.layer("norm", ScaleFreeNorm.layer(recipe.updater().clone())).activation(Activation.GELU);
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

  /** With random whitening filters. The weights of the last layer have a deviation of 1. */
  @Override
  public ComputationGraph network(Recipe recipe, long seed) {
    return begun(CnnArchitecture.super.network(recipe, seed));
  }

  @Override
  public ComputationGraph network(Recipe recipe, long seed, INDArray trainPictures) {
    return whitened(network(recipe, seed), trainPictures);
  }

  /** The graph, whose filters hand their input on, and whose last weights have a deviation of 1. */
  static ComputationGraph begun(ComputationGraph graph) {
    DiracFilters.into(graph);
    INDArray head = graph.getLayer(HEAD).getParam("W");
    head.divi(head.stdNumber());
    return graph;
  }

  /** The graph with the filters that whiten these pictures. */
  static ComputationGraph whitened(ComputationGraph graph, INDArray pictures) {
    graph.getLayer(WHITENING).getParam("W").assign(Whitening.of(pictures).filters());
    return graph;
  }

  /** The whitening layer's bias comes to rest within three epochs. */
  @Override
  public double rateShare(String layer, double scheduled, double epoch) {
    return layer.equals(WHITENING)
        ? Math.min(scheduled, Math.max(0, 1 - epoch / WHITENING_EPOCHS))
        : scheduled;
  }

  /** Batch norms keep the scale 1; their shifts decay as fast as weights do. */
  @Override
  public void afterStep(ComputationGraph graph) {
    ScaleFreeNorm.restore(graph, SHIFT_DECAY);
  }
}
