package journey.cnn;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;

/**
 * A network that begins with what another one has learnt: all its layers but the last, and a new
 * last layer for other classes.
 *
 * @param base the network that has learnt; it stays as it is
 * @param classes the number of classes of the new layer
 * @param share of the learning rate for what was taken over; at 0 those layers are frozen: they
 *     keep all their parameters and statistics
 */
public record TransferredCnn(ComputationGraph base, int classes, double share)
    implements CnnArchitecture {

  /**
   * @throws IllegalArgumentException if the share is not in [0, 1]
   */
  public TransferredCnn {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "the share of the learning rate must be in [0, 1], but it is " + share);
    }
  }

  @Override
  public String name() {
    return share == 0 ? "frozen CNN" : "fine-tuned CNN";
  }

  @Override
  public String origin() {
    int learnt = Arrays.hashCode(base.params().ravel().toFloatVector());
    return "a base with hash %08x, at the share %s".formatted(learnt, share);
  }

  @Override
  public ComputationGraph network(Recipe recipe, long seed) {
    var builder =
        new TransferLearning.GraphBuilder(base)
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder().seed(seed).updater(recipe.updater()).build())
            .nOutReplace(head(), classes, WeightInit.XAVIER);
    if (share == 0) {
      var inputs = base.getConfiguration().getVertexInputs().get(head());
      builder.setFeatureExtractor(inputs.toArray(String[]::new));
    }
    ComputationGraph graph = builder.build();
    for (var layer : graph.getLayers()) {
      if (layer.conf().getLayer() instanceof BaseLayer settings) {
        settings.setRegularization(List.of(recipe.weightDecay()));
      }
    }
    return graph;
  }

  @Override
  public ComputationGraphConfiguration configuration(Recipe recipe, long seed) {
    return network(recipe, seed).getConfiguration();
  }

  @Override
  public double rateShare(String layer, double scheduled, double epoch) {
    return layer.equals(head()) ? scheduled : share * scheduled;
  }

  private String head() {
    return base.getConfiguration().getNetworkOutputs().get(0);
  }
}
