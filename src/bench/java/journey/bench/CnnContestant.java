package journey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import journey.cnn.ImprovedCnn;
import journey.cnn.MuonSettings;
import journey.cnn.Recipe;
import journey.data.Augmentation;
import journey.engine.GraphRunner;
import journey.nn.LearningRateSchedule;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/** The improved CNN on batches that repeat, run by the engine or by Deeplearning4j itself. */
final class CnnContestant implements AutoCloseable {

  private static final long SEED = 1;
  private static final double LEARNING_RATE = 1e-3;

  /** For the comparison of losses: a rule that passes the gradients on as they are. */
  private static final double SGD_LEARNING_RATE = 0.01;

  private final int width;
  private final boolean accelerated;
  private final List<DataSet> batches;
  private final GraphRunner runner;
  private int taken;

  /**
   * @param accelerated whether the engine runs the network; else Deeplearning4j itself does
   * @param data a folder with {@code pictures.npy}, {@code [batches, batch, 3, 32, 32]}, and {@code
   *     labels.npy}, {@code [batches, batch, 10]}
   */
  CnnContestant(int width, boolean accelerated, Path data) {
    this.width = width;
    this.accelerated = accelerated;
    batches = read(data);
    runner = runner(network(width, new Adam(LEARNING_RATE), true));
  }

  private static List<DataSet> read(Path data) {
    INDArray pictures = Nd4j.createFromNpyFile(data.resolve("pictures.npy").toFile());
    INDArray labels = Nd4j.createFromNpyFile(data.resolve("labels.npy").toFile());
    return IntStream.range(0, (int) pictures.size(0))
        .mapToObj(i -> new DataSet(pictures.slice(i).dup('c'), labels.slice(i).dup('c')))
        .toList();
  }

  private GraphRunner runner(ComputationGraph graph) {
    return accelerated ? GraphRunner.of(graph) : GraphRunner.plain(graph);
  }

  private static ComputationGraph network(int width, IUpdater updater, boolean dropout) {
    int oneBatch = 1;
    var recipe =
        new Recipe(
            1,
            oneBatch,
            updater,
            new L2Regularization(0),
            LearningRateSchedule.constant(1),
            0,
            Augmentation.NONE,
            MuonSettings.NONE);
    ComputationGraphConfiguration configuration =
        new ImprovedCnn(width).configuration(recipe, SEED);
    if (!dropout) {
      layers(configuration).forEach(layer -> layer.getLayerConf().getLayer().setIDropout(null));
    }
    var graph = new ComputationGraph(configuration);
    graph.init();
    return graph;
  }

  private static Stream<LayerVertex> layers(ComputationGraphConfiguration configuration) {
    return configuration.getVertices().values().stream()
        .filter(LayerVertex.class::isInstance)
        .map(LayerVertex.class::cast);
  }

  /** What runs the network. */
  String description() {
    return runner.description();
  }

  /**
   * Writes the initial weights of convolutions and dense layers, a file for each, whose names sort
   * as the layers stand.
   */
  static void writeWeights(int width, Path folder) throws IOException {
    Files.createDirectories(folder);
    ComputationGraph graph = network(width, new Sgd(SGD_LEARNING_RATE), true);
    int position = 0;
    for (var vertex : graph.getVertices()) {
      if (vertex.hasLayer() && vertex.getLayer() instanceof BaseLayer<?> layer) {
        INDArray weights = layer.getParam("W");
        if (weights != null) {
          Path file = folder.resolve("W%02d.npy".formatted(position++));
          Nd4j.writeAsNumpy(weights.dup('c'), file.toFile());
        }
      }
    }
    graph.close();
  }

  /** Losses of the first steps without dropout, each before its update. */
  List<Double> losses(int steps) {
    ComputationGraph graph = network(width, new Sgd(SGD_LEARNING_RATE), false);
    try (GraphRunner other = runner(graph)) {
      return batches.stream().limit(steps).map(other::step).toList();
    } finally {
      graph.close();
    }
  }

  void train(int steps) {
    for (int i = 0; i < steps; i++) {
      runner.step(next());
    }
  }

  void infer(int steps) {
    for (int i = 0; i < steps; i++) {
      runner.output(next().getFeatures()).close();
    }
  }

  /** Milliseconds per step by piece. */
  Map<String, Double> profile(int steps) {
    if (accelerated) {
      try (GraphRunner fresh = runner(runner.graph())) {
        return CnnProfile.ofEngine(fresh, this::next, steps);
      }
    }
    return CnnProfile.ofLayers(runner.graph(), this::next, steps);
  }

  private DataSet next() {
    return batches.get(taken++ % batches.size());
  }

  @Override
  public void close() {
    runner.close();
    runner.graph().close();
  }
}
