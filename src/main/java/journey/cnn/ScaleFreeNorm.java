package journey.cnn;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Batch norm that learns a shift, but no scale.
 *
 * <p>Deeplearning4j can learn both or neither, at one learning rate and without weight decay. So
 * the layer learns both, and after each step its scale is set back to 1. The updater works on each
 * element separately, so this does not affect the shift.
 */
public final class ScaleFreeNorm {

  private ScaleFreeNorm() {}

  /** A layer whose running statistics cover few steps: 0.6 of the old, 0.4 of the new. */
  public static BatchNormalization layer(IUpdater updater) {
    return new BatchNormalization.Builder().eps(1e-12).decay(0.6).updater(updater).build();
  }

  /**
   * Sets the scales of all batch norms back to 1, and shrinks their shifts by {@code decay} times
   * the current learning rate.
   */
  public static void restore(ComputationGraph graph, double decay) {
    for (Layer layer : graph.getLayers()) {
      if (layer.conf().getLayer() instanceof BatchNormalization norm) {
        double rate = norm.getIUpdater().getLearningRate(0, 0);
        layer.getParam(BatchNormalizationParamInitializer.GAMMA).assign(1);
        layer.getParam(BatchNormalizationParamInitializer.BETA).muli(1 - rate * decay);
      }
    }
  }
}
