package journey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import journey.data.Batches;
import journey.data.MiniBatches;
import journey.nn.Activation;
import journey.nn.Adam;
import journey.nn.CategoricalCrossEntropy;
import journey.nn.DenseLayer;
import journey.nn.DivergedException;
import journey.nn.Identity;
import journey.nn.Initializer;
import journey.nn.Layer;
import journey.nn.LearningRateSchedule;
import journey.nn.Loss;
import journey.nn.Network;
import journey.nn.Optimizer;
import journey.nn.ReLU;
import journey.nn.Sgd;
import journey.nn.Sigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A network of this project with everything that it needs to learn and to predict. */
final class Contestant {

  private final Workload workload;
  private final MiniBatches batches;
  private final Loss loss = new CategoricalCrossEntropy();
  private final Network network;
  private final Optimizer optimizer;
  private final double learningRate;

  /**
   * @param weights a folder with the initial weights of each layer, {@code W0.npy} of shape {@code
   *     [inputs, outputs]}, {@code W1.npy} and so on; biases begin at zero
   * @param activation that of the hidden layers; the last one has a softmax
   */
  Contestant(
      Workload workload,
      int batchSize,
      Path weights,
      String activation,
      String optimizer,
      double learningRate)
      throws IOException {
    this.workload = workload;
    this.learningRate = learningRate;
    batches = workload.batches(batchSize);
    network = new Network(loss, layers(weights, activationNamed(activation)));
    this.optimizer = optimizerNamed(optimizer);
  }

  private static Layer[] layers(Path folder, Activation hidden) {
    List<INDArray> weights = new ArrayList<>();
    for (int i = 0; Files.exists(folder.resolve("W%d.npy".formatted(i))); i++) {
      weights.add(Nd4j.createFromNpyFile(folder.resolve("W%d.npy".formatted(i)).toFile()));
    }
    var layers = new Layer[weights.size()];
    for (int i = 0; i < layers.length; i++) {
      INDArray given = weights.get(i);
      Initializer asGiven = (inputs, outputs, random) -> given.dup('c');
      Activation activation = i == layers.length - 1 ? new Identity() : hidden;
      layers[i] =
          new DenseLayer(given.rows(), given.columns(), activation, asGiven, Nd4j.getRandom());
    }
    return layers;
  }

  private static Activation activationNamed(String name) {
    return switch (name) {
      case "sigmoid" -> new Sigmoid();
      case "relu" -> new ReLU();
      default -> throw new IllegalArgumentException("there is no activation " + name);
    };
  }

  private static Optimizer optimizerNamed(String name) {
    return switch (name) {
      case "sgd" -> new Sgd();
      case "adam" -> new Adam();
      default -> throw new IllegalArgumentException("there is no optimizer " + name);
    };
  }

  /**
   * Trains on every example once, in this epoch's order, as the notebooks do.
   *
   * @param limit after how many batches to stop; 0 for none
   */
  void epoch(int epoch, int limit) {
    var all = StreamSupport.stream(batches.epoch(epoch).spliterator(), false);
    Iterable<DataSet> some = all.limit(limit)::iterator;
    network.fit(
        limit == 0
            ? new OneEpoch(batches.count(), batches.epoch(epoch))
            : new OneEpoch(limit, some),
        1,
        optimizer,
        LearningRateSchedule.constant(learningRate),
        trained -> true);
  }

  private record OneEpoch(int count, Iterable<DataSet> batches) implements Batches {
    @Override
    public Iterable<DataSet> epoch(int epoch) {
      return batches;
    }
  }

  /** The answers for the held-out examples. */
  INDArray predict() {
    return network.predict(workload.heldOutInputs());
  }

  /** The mean loss of the held-out examples. */
  double loss() {
    return network.evaluate(workload.heldOutInputs(), workload.heldOutTargets()).loss();
  }

  /**
   * Trains for an epoch with a look at the clock after each piece.
   *
   * @return microseconds per batch by piece, in the order of a step
   */
  Map<String, Double> profile(int epoch) {
    var clock = new Stopwatch();
    clock.start();
    for (DataSet batch : batches.epoch(epoch)) {
      clock.lap("batch");
      INDArray z = forward(batch.getFeatures(), clock);
      DivergedException.unlessFinite(batch.getFeatures(), batch.getLabels(), z, network.layers());
      clock.lap("check");
      INDArray gradient = loss.gradient(z, batch.getLabels());
      clock.lap("loss gradient");
      backward(gradient, clock);
      optimizer.update(network.parameters(), learningRate);
      clock.lap("update");
    }
    return clock.microsecondsPerBatch(batches.count());
  }

  private INDArray forward(INDArray x, Stopwatch clock) {
    INDArray a = x;
    for (int i = 0; i < network.layers().size(); i++) {
      a = network.layers().get(i).forward(a, true);
      clock.lap("forward " + (i + 1));
    }
    return a;
  }

  private void backward(INDArray lossGradient, Stopwatch clock) {
    INDArray gradient = lossGradient;
    for (int i = network.layers().size() - 1; i >= 0; i--) {
      network.layers().get(i).backward(gradient);
      clock.lap("backward " + (i + 1));
      if (i > 0) {
        gradient = network.layers().get(i).inputGradient();
        clock.lap("input gradient " + (i + 1));
      }
    }
  }

  /** Adds up what passes between one lap and the next. */
  private static final class Stopwatch {
    private final Map<String, Long> nanoseconds = new LinkedHashMap<>();
    private long last;

    void start() {
      last = System.nanoTime();
    }

    void lap(String piece) {
      long now = System.nanoTime();
      nanoseconds.merge(piece, now - last, Long::sum);
      last = now;
    }

    Map<String, Double> microsecondsPerBatch(int batches) {
      var result = new LinkedHashMap<String, Double>();
      nanoseconds.forEach((piece, sum) -> result.put(piece, sum / 1e3 / batches));
      return result;
    }
  }
}
