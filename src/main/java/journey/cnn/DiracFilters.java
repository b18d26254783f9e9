package journey.cnn;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Filters that initially pass their input on: the i-th is 1 at the centre of the i-th channel and 0
 * elsewhere. Filters beyond the number of channels stay random.
 *
 * @see <a href="https://arxiv.org/abs/1706.00388">Zagoruyko and Komodakis, 2017: DiracNets</a>
 */
public final class DiracFilters {

  private DiracFilters() {}

  /** Sets the filters of all convolutions of 3x3. */
  public static void into(ComputationGraph graph) {
    for (Layer layer : graph.getLayers()) {
      if (layer.conf().getLayer() instanceof ConvolutionLayer convolution
          && convolution.getKernelSize()[0] == 3) {
        set(layer.getParam("W"));
      }
    }
  }

  private static void set(INDArray filters) {
    long count = Math.min(filters.size(0), filters.size(1));
    filters.get(NDArrayIndex.interval(0, count)).assign(0);
    for (long i = 0; i < count; i++) {
      filters.putScalar(new long[] {i, i, 1, 1}, 1);
    }
  }
}
