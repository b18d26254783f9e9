package journey.engine;

import static journey.fuzz.Answer.mustAgree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import journey.fuzz.Answer;
import journey.fuzz.RandomArrays;
import journey.fuzz.Target;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Runners of random networks, and plain Deeplearning4j in 64 bits beside them. */
public final class EngineTargets {

  private static final int SIDE = 8;
  private static final double TOLERANCE = 1e-3;

  private EngineTargets() {}

  /** Adds all, by name. */
  public static void addTo(Map<String, Target> targets) {
    targets.put("GraphRunner", EngineTargets::run);
  }

  private static void run(RandomArrays arrays) {
    int batch = arrays.between(1, 5);
    INDArray inputs = arrays.array(DataType.FLOAT, batch, SmallGraph.CHANNELS, SIDE, SIDE);
    INDArray targets = Nd4j.zeros(DataType.FLOAT, batch, SmallGraph.CLASSES);
    for (int i = 0; i < batch; i++) {
      targets.putScalar(i, i % SmallGraph.CLASSES, 1);
    }
    Consumer<SmallGraph> layers = layers(arrays);
    long seed = arrays.random().nextInt(1000);
    ComputationGraph graph = SmallGraph.of(seed, new Sgd(0.01), DataType.FLOAT, SIDE, layers);
    ComputationGraph plain = SmallGraph.of(seed, new Sgd(0.01), DataType.DOUBLE, SIDE, layers);
    plain.setParams(graph.params().castTo(DataType.DOUBLE));
    if (arrays.random().nextInt(15) == 0) {
      arrays.markOdd();
      graph.params().putScalar(arrays.between(0, (int) graph.numParams() - 1), Float.NaN);
    }
    try (GraphRunner runner = GraphRunner.of(graph);
        GraphRunner slow = GraphRunner.plain(plain)) {
      INDArray answer = runner.output(inputs);
      mustAgree(arrays, () -> slow.output(Answer.inDouble(inputs)), answer, TOLERANCE);
      // With one example a batch norm is left with nothing but rounding.
      if (batch > 1) {
        double loss = runner.step(new DataSet(inputs, targets));
        mustAgree(
            arrays,
            () ->
                Nd4j.scalar(
                    slow.step(
                        new DataSet(Answer.inDouble(inputs), targets.castTo(DataType.DOUBLE)))),
            Nd4j.scalar(loss),
            TOLERANCE);
      }
    } finally {
      graph.close();
      plain.close();
    }
  }

  private static Consumer<SmallGraph> layers(RandomArrays arrays) {
    List<Consumer<SmallGraph>> layers = new ArrayList<>();
    int frozen = arrays.oneOf(0, 0, 1, 2);
    layers.add(g -> g.freezeNext(frozen));
    int count = arrays.between(1, 3);
    for (int i = 0; i < count; i++) {
      int kernel = arrays.between(1, 5);
      int channels = arrays.oneOf(1, 5, 8, 16, 33);
      Activation function =
          arrays.oneOf(Activation.IDENTITY, Activation.RELU, Activation.TANH, Activation.SIGMOID);
      boolean bias = arrays.random().nextBoolean();
      layers.add(
          g -> g.add(SmallGraph.conv(kernel).nOut(channels).hasBias(bias).activation(function)));
      switch (arrays.between(0, 3)) {
        case 0 -> layers.add(g -> g.norm().activation(Activation.RELU));
        case 1 -> layers.add(g -> g.add(SmallGraph.maxPool(2)));
        case 2 -> layers.add(g -> g.activation(Activation.GELU));
        default -> {}
      }
    }
    if (arrays.random().nextBoolean()) {
      int outputs = arrays.between(1, 40);
      layers.add(g -> g.add(new DenseLayer.Builder().nOut(outputs).activation(Activation.RELU)));
    }
    return graph -> layers.forEach(layer -> layer.accept(graph));
  }
}
