package journey.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import journey.data.Cifar10;
import journey.data.LabeledImages;
import journey.data.MiniBatches;
import journey.data.Preprocessing;
import journey.data.Targets;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What there is to learn and to predict, as arrays.
 *
 * @param inputs {@code [examples, 3072]}, colour values from 0 to 1
 * @param targets {@code [examples, 10]}, one-hot
 * @param heldOutInputs {@code [predictions, 3072]}
 * @param heldOutTargets {@code [predictions, 10]}
 */
record Workload(
    INDArray inputs, INDArray targets, INDArray heldOutInputs, INDArray heldOutTargets) {

  /** What the order of the examples follows from, together with the epoch. */
  private static final long SEED = 1;

  private static final int CLASSES = 10;

  /**
   * Reads files of CIFAR-10's records, a label byte and 3,072 colour bytes each.
   *
   * @param examples to train on: the first of the files
   * @param predictions to predict: the last of the files
   */
  static Workload read(Path[] files, int examples, int predictions) throws IOException {
    LabeledImages all = pictures(files);
    LabeledImages train = all.first(examples);
    LabeledImages heldOut = last(all, predictions);
    Preprocessing scaling = Preprocessing.unitScaling();
    return new Workload(
        scaling.apply(train),
        Targets.oneHot(train),
        scaling.apply(heldOut),
        Targets.oneHot(heldOut));
  }

  /** The pictures of files of CIFAR-10's records. */
  static LabeledImages pictures(Path... files) throws IOException {
    var records = new ByteArrayOutputStream();
    for (Path file : files) {
      Files.copy(file, records);
    }
    return separated(ByteBuffer.wrap(records.toByteArray()));
  }

  /** So many of them, from the end. */
  static LabeledImages last(LabeledImages all, int count) {
    return all.subset(IntStream.range(all.size() - count, all.size()).toArray());
  }

  private static LabeledImages separated(ByteBuffer records) {
    int count = records.remaining() / (1 + Cifar10.FEATURES);
    var labels = new int[count];
    var pixels = new byte[count * Cifar10.FEATURES];
    for (int i = 0; i < count; i++) {
      labels[i] = records.get();
      records.get(pixels, i * Cifar10.FEATURES, Cifar10.FEATURES);
    }
    var names = Stream.iterate(0, i -> i + 1).limit(CLASSES).map(i -> "class " + i).toList();
    return new LabeledImages(Cifar10.SHAPE, pixels, labels, names);
  }

  /** The training examples in batches. */
  MiniBatches batches(int batchSize) {
    return new MiniBatches(inputs, targets, batchSize, SEED);
  }

  /**
   * Writes the order in which an epoch takes the examples: their positions as int32, lowest byte
   * first.
   */
  void writeOrder(int epoch, int batchSize, Path file) throws IOException {
    INDArray positions = Nd4j.arange(inputs.rows()).castTo(DataType.FLOAT).reshape(-1, 1);
    ByteBuffer order =
        ByteBuffer.allocate(Integer.BYTES * inputs.rows()).order(ByteOrder.LITTLE_ENDIAN);
    for (DataSet batch : new MiniBatches(positions, positions, batchSize, SEED).epoch(epoch)) {
      for (float position : batch.getFeatures().toFloatVector()) {
        order.putInt((int) position);
      }
    }
    Files.write(file, order.array());
  }
}
