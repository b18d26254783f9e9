package journey.cnn;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/**
 * The fast network with one ingredient left out, and nothing else changed: the layers, the first
 * weights and all other learning rates are those of the whole network.
 *
 * @param fast the whole network
 * @param ingredient what is left out
 */
public record FastCnnWithout(FastCnn fast, Ingredient ingredient) implements CnnArchitecture {

  /** What can be left out of the network. (What can be left out of its recipe, a recipe says.) */
  public enum Ingredient {
    /** Each convolution has a bias instead, which learns and decays as the norm's shift does. */
    BATCH_NORM("batch norm"),
    /** The first filters begin at random, and learn as all others do. */
    WHITENING("whitening"),
    /** The filters learn by the recipe's own rule, at the rate of airbench94 before it had Muon. */
    MUON("Muon");

    private final String text;

    Ingredient(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** The rate of filters in airbench94 without Muon, for gradients summed over a batch. */
  private static final double FILTER_RATE = 11.5 / 1024 / (1 + 1 / (1 - Recipes.FAST_MOMENTUM));

  @Override
  public String name() {
    return "fast CNN without " + ingredient;
  }

  @Override
  public ComputationGraphConfiguration configuration(Recipe recipe, long seed) {
    ComputationGraphConfiguration graph = fast.configuration(recipe, seed);
    for (var vertex : graph.getVertices().values()) {
      if (vertex instanceof LayerVertex holder) {
        NeuralNetConfiguration settings = holder.getLayerConf();
        settings.setLayer(changed(settings.getLayer(), recipe));
      }
    }
    return graph;
  }

  private Layer changed(Layer layer, Recipe recipe) {
    if (layer instanceof BatchNormalization && ingredient == Ingredient.BATCH_NORM) {
      Layer nothing = new ActivationLayer(Activation.IDENTITY);
      nothing.setLayerName(layer.getLayerName());
      return nothing;
    }
    if (layer instanceof ConvolutionLayer convolution) {
      change(convolution, convolution.getLayerName().equals(FastCnn.WHITENING), recipe);
    }
    return layer;
  }

  private void change(ConvolutionLayer layer, boolean first, Recipe recipe) {
    if (ingredient == Ingredient.WHITENING && first) {
      layer.setIUpdater(new Sgd(recipe.muon().rate())); // which Muon takes for its own
    } else if (ingredient == Ingredient.BATCH_NORM && !first) {
      layer.setHasBias(true);
      layer.setBiasUpdater(recipe.updater().clone());
      layer.setRegularizationBias(List.of(recipe.weightDecay()));
    } else if (ingredient == Ingredient.MUON && !first) {
      layer.setIUpdater(Scaled.rate(recipe.updater(), FILTER_RATE / Recipes.FAST_RATE));
      layer.setRegularization(List.of(new L2Regularization(Recipes.FAST_DECAY / FILTER_RATE)));
    }
  }

  @Override
  public ComputationGraph network(Recipe recipe, long seed) {
    return FastCnn.begun(CnnArchitecture.super.network(recipe, seed));
  }

  @Override
  public ComputationGraph network(Recipe recipe, long seed, INDArray trainPictures) {
    ComputationGraph graph = network(recipe, seed);
    return ingredient == Ingredient.WHITENING ? graph : FastCnn.whitened(graph, trainPictures);
  }

  @Override
  public double rateShare(String layer, double scheduled, double epoch) {
    return ingredient == Ingredient.WHITENING ? scheduled : fast.rateShare(layer, scheduled, epoch);
  }

  @Override
  public void afterStep(ComputationGraph graph) {
    fast.afterStep(graph);
  }
}
