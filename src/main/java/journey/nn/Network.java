package journey.nn;

import java.util.List;
import java.util.stream.IntStream;
import journey.data.Batches;
import journey.nn.kernel.BatchBuffer;
import journey.nn.kernel.Elementwise;
import journey.nn.kernel.Shapes;
import journey.progress.Progress;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A stack of layers, and the loss that tells how wrong they are.
 *
 * <p>Not for use by several threads at once: the layers keep what they computed last.
 */
public final class Network {

  private static final int CHUNK = 1_000;

  private final List<Layer> layers;
  private final Loss loss;
  private final Penalty penalty;
  private final List<Parameter> parameters;
  private BatchBuffer slopes;

  /** A network without penalties. */
  public Network(Loss loss, Layer... layers) {
    this(loss, Penalty.NONE, layers);
  }

  /** A network whose weights have a price. */
  public Network(Loss loss, Penalty penalty, Layer... layers) {
    this.layers = List.of(layers);
    this.loss = loss;
    this.penalty = penalty;
    this.parameters = this.layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  /** The logits z for the inputs x: each layer takes what the one below it gives. */
  public INDArray forward(INDArray x, boolean training) {
    INDArray a = x;
    for (Layer layer : layers) {
      a = layer.forward(a, training);
    }
    return a;
  }

  /** All gradients for the logits z and the targets y: from the loss down, layer by layer. */
  public void backward(INDArray z, INDArray y) {
    if (slopes == null) {
      slopes = new BatchBuffer(z.dataType(), z.columns());
    }
    INDArray gradient = loss.gradient(Elementwise.copy(z, slopes.rows(z.rows())), y);
    for (int i = layers.size() - 1; i >= 0; i--) {
      layers.get(i).backward(gradient);
      if (i > 0) {
        gradient = layers.get(i).inputGradient();
      }
    }
    for (Parameter parameter : parameters) {
      if (parameter.penalized()) {
        penalty.addGradient(parameter.value(), parameter.gradient());
      }
    }
  }

  /**
   * One step of training on one batch.
   *
   * @throws DivergedException that says where, if the batch, a parameter or the output holds a
   *     number that is not finite; the parameters are then as they were
   * @throws IllegalArgumentException if a shape does not fit, or the learning rate is not {@link
   *     LearningRateSchedule#valid}
   */
  public void step(INDArray x, INDArray y, Optimizer optimizer, double learningRate) {
    INDArray z = forward(x, true);
    DivergedException.unlessFinite(x, y, z, layers);
    backward(z, y);
    optimizer.update(parameters, LearningRateSchedule.valid(learningRate));
  }

  /**
   * Trains for a number of epochs, with a progress bar. When its thread is interrupted, it ends
   * after the current batch; the network is then as that batch left it.
   *
   * @param epochs 0 or more
   * @param schedule the learning rate in the course of the training
   * @param listener called after each epoch, also after one that was cut short
   * @throws DivergedException as {@link #step} does, and if an epoch's last step made a parameter
   *     infinite or NaN
   */
  public void fit(
      Batches batches,
      int epochs,
      Optimizer optimizer,
      LearningRateSchedule schedule,
      EpochListener listener) {
    if (epochs < 0) {
      throw new IllegalArgumentException("epochs must be at least 0, but it is " + epochs);
    }
    long steps = (long) epochs * batches.count();
    long done = 0;
    try (Progress progress = Progress.of("Training", steps, " batches")) {
      boolean goOn = epochs > 0;
      for (int epoch = 1; goOn && !progress.stopped(); epoch++) {
        for (DataSet batch : progress.over(batches.epoch(epoch))) {
          double learningRate = schedule.at((double) done++ / steps);
          step(batch.getFeatures(), batch.getLabels(), optimizer, learningRate);
        }
        DivergedException.unlessFinite(layers);
        goOn = listener.goOnAfter(epoch) && epoch < epochs;
      }
    }
  }

  /** The network's answers a, {@code [examples, outputs]}, in a new array. */
  public INDArray predict(INDArray x) {
    INDArray[] answers =
        chunks(x)
            .mapToObj(i -> loss.activate(forward(chunk(x, i), false).dup()))
            .toArray(INDArray[]::new);
    return Nd4j.concat(0, answers);
  }

  /** Mean loss and accuracy. */
  public Score evaluate(INDArray x, INDArray y) {
    double lossSum = 0;
    double right = 0;
    for (int i : chunks(x, y).toArray()) {
      INDArray targets = chunk(y, i);
      INDArray z = forward(chunk(x, i), false);
      lossSum += loss.value(z, targets) * z.rows();
      right += loss.accuracy(loss.activate(z), targets) * z.rows();
    }
    return new Score(lossSum / x.rows(), right / x.rows());
  }

  /** The loss with all penalties, for a batch; what {@link #backward} computes the gradients of. */
  public double cost(INDArray x, INDArray y) {
    double prices = 0;
    for (Parameter parameter : parameters) {
      prices += parameter.penalized() ? penalty.value(parameter.value()) : 0;
    }
    return loss.value(forward(x, false), y) + prices;
  }

  /** What the network learns, from the first layer to the last. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** The layers, from the first to the last. */
  public List<Layer> layers() {
    return layers;
  }

  private static IntStream chunks(INDArray... examples) {
    return IntStream.rangeClosed(0, (Shapes.examples(examples) - 1) / CHUNK);
  }

  private static INDArray chunk(INDArray x, int i) {
    int end = Math.min(x.rows(), (i + 1) * CHUNK);
    return x.get(NDArrayIndex.interval((long) i * CHUNK, end), NDArrayIndex.all());
  }
}
