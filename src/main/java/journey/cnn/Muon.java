package journey.cnn;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import journey.nn.kernel.Blas;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Muon: momentum, made orthogonal, so that a step changes what a layer answers by as much in every
 * direction as in the few that dominate the gradient. All filters θ of a layer are one matrix
 * {@code [outputs, inputs · height · width]}, of gradient g and momentum m:
 *
 * <ul>
 *   <li>m ← μ·m + g
 *   <li>θ ← θ·√outputs / ‖θ‖
 *   <li>θ ← θ − η·O(g + μ·m), where {@link NewtonSchulz} computes O
 * </ul>
 *
 * <p>An updater of Deeplearning4j sees neither parameters nor shapes. So this listens to the
 * training, and has moved the filters before the graph's own updater comes, for which it leaves no
 * gradient. It cares for all convolutions whose updater is plain {@link Sgd}, and takes η from
 * there: so a saved network is an ordinary one. A weight decay of the graph's is without effect, as
 * the next step scales the filters anyway.
 *
 * @see <a href="https://kellerjordan.github.io/posts/muon/">Jordan et al., 2024: Muon</a>
 * @see <a href="https://github.com/KellerJordan/cifar10-airbench">airbench94_muon, with the scaling
 *     of the filters</a>
 */
public final class Muon extends BaseTrainingListener {

  private static final String ENTRY = "muon.bin";

  /** The filters of one layer, all of them matrices of one shape but the layer. */
  private record Filters(Layer layer, INDArray θ, INDArray m, NewtonSchulz O) {

    double η() {
      return updaterOf(layer).getLearningRate(0, 0);
    }

    INDArray g() {
      var conf = layer.conf();
      INDArray gradient =
          conf.getLayer()
              .initializer()
              .getGradientsFromFlattened(conf, layer.getGradientsViewArray())
              .get(ConvolutionParamInitializer.WEIGHT_KEY);
      return matrix(gradient);
    }
  }

  private final double μ;
  private final INDArray momenta;
  private final List<Filters> all = new ArrayList<>();

  /**
   * For a graph at the start of its training, which does not listen to the graph yet.
   *
   * @param settings with {@link MuonSettings#NONE}, there are no filters to care for
   */
  public Muon(ComputationGraph graph, MuonSettings settings) {
    μ = settings.momentum();
    List<Layer> layers = settings.on() ? layers(graph) : List.of();
    long size = layers.stream().mapToLong(layer -> weights(layer).length()).sum();
    momenta = Nd4j.zeros(graph.params().dataType(), Math.max(1, size));
    long from = 0;
    for (Layer layer : layers) {
      INDArray θ = matrix(weights(layer));
      INDArray m = momenta.get(NDArrayIndex.interval(from, from + θ.length())).reshape(θ.shape());
      all.add(new Filters(layer, θ, m, new NewtonSchulz(θ.dataType(), θ.rows(), θ.columns())));
      from += θ.length();
    }
  }

  private static List<Layer> layers(ComputationGraph graph) {
    List<Layer> found = new ArrayList<>();
    for (Layer layer : graph.getLayers()) {
      if (!(layer instanceof FrozenLayer)
          && layer.conf().getLayer() instanceof ConvolutionLayer
          && updaterOf(layer) instanceof Sgd sgd
          && sgd.getLearningRate() > 0) {
        found.add(layer);
      }
    }
    return found;
  }

  private static IUpdater updaterOf(Layer layer) {
    var configuration = (BaseLayer) layer.conf().getLayer();
    return configuration.getUpdaterByParam(ConvolutionParamInitializer.WEIGHT_KEY);
  }

  private static INDArray weights(Layer layer) {
    return layer.getParam(ConvolutionParamInitializer.WEIGHT_KEY);
  }

  /** The same memory as a matrix, a row for each output. */
  private static INDArray matrix(INDArray filters) {
    return filters.reshape('c', filters.size(0), -1);
  }

  /** Moves the filters. */
  @Override
  public void onGradientCalculation(Model graph) {
    for (Filters filters : all) {
      step(filters.g(), filters);
    }
  }

  private void step(INDArray g, Filters filters) {
    INDArray θ = filters.θ();
    INDArray m = filters.m();
    Blas.blend(1, g, μ, m);
    Blas.blend(μ, m, 1, g);
    θ.muli(Math.sqrt(θ.rows()) / θ.norm2Number().doubleValue());
    Blas.addScaled(-filters.η(), filters.O().of(g), θ);
    g.assign(0);
  }

  /** What it keeps from step to step; a single zero if there are no filters to care for. */
  INDArray momenta() {
    return momenta;
  }

  /** Adds the momenta to the entries of a checkpoint, if there are any. */
  void addTo(Map<String, byte[]> entries) throws IOException {
    if (!all.isEmpty()) {
      entries.put(ENTRY, StoredArray.bytes(momenta));
    }
  }

  /** Takes the momenta from a checkpoint, if there are any. */
  void restore(NetworkZip zip) throws IOException {
    if (!all.isEmpty()) {
      zip.oursInto(momenta, ENTRY);
    }
  }
}
