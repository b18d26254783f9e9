package journey.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import journey.memory.RowTransfer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Examples handed out in batches, in a new random order each epoch; pictures also changed at random
 * if asked for: {@code new MiniBatches(x, y, 128, 1).mirrored(1).shifted(2, 2)}. Every example
 * comes once per epoch; the last batch may be short.
 *
 * <p>All batches share their arrays: <em>a batch is valid until the next one is asked for</em>, and
 * one pass must end before the next begins. So an epoch allocates next to nothing. Not for use by
 * several threads at once.
 */
public final class MiniBatches implements Batches {

  private final RowTransfer transfer = RowTransfer.ofBackend();
  private final INDArray inputs;
  private final long[] shape;
  private final INDArray targets;
  private final int batchSize;
  private final long seed;

  /** Each tells the changes of an epoch. */
  private final List<IntFunction<RandomChanges>> changes;

  private final Map<Integer, Batch> batches = new HashMap<>();

  /**
   * The arrays that all batches of a size share: {@code rows} is a view of the inputs, {@code
   * values} is where pictures are changed.
   */
  private record Batch(INDArray rows, INDArray inputs, INDArray targets, float[] values) {}

  /**
   * Takes the arrays as they are if their rows lie one after another in 'c' order, and copies them
   * otherwise.
   *
   * @param inputs {@code [n, features]}, or {@code [n, channels, height, width]}, float32 or
   *     double; batches have the same shape, but for n
   * @param targets {@code [n, outputs]}
   * @param batchSize examples per batch, at least 1
   * @param seed what the order of the examples follows from, together with the epoch
   * @throws IllegalArgumentException if there is not one row of targets for each of at least one
   *     example, or the batch size is less than 1
   */
  public MiniBatches(INDArray inputs, INDArray targets, int batchSize, long seed) {
    this(rows(inputs, targets), inputs.shape(), targets, batchSize, seed, List.of());
  }

  private MiniBatches(
      INDArray rows,
      long[] shape,
      INDArray targets,
      int batchSize,
      long seed,
      List<IntFunction<RandomChanges>> changes) {
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "the batch size must be at least 1, but it is %d".formatted(batchSize));
    }
    this.inputs = RowTransfer.contiguous(rows);
    this.shape = shape;
    this.targets = RowTransfer.contiguous(targets);
    this.batchSize = batchSize;
    this.seed = seed;
    this.changes = changes;
  }

  private static INDArray rows(INDArray inputs, INDArray targets) {
    if (inputs.rank() < 2
        || targets.rank() != 2
        || inputs.size(0) != targets.size(0)
        || inputs.isEmpty()
        || targets.isEmpty()) {
      throw new IllegalArgumentException(
          "inputs and targets must have a row for each of at least one example, "
              + "but inputs have shape %s and targets %s"
                  .formatted(Arrays.toString(inputs.shape()), Arrays.toString(targets.shape())));
    }
    return inputs.rank() == 2 ? inputs : inputs.reshape('c', inputs.size(0), -1);
  }

  /**
   * The same batches with pictures changed at random: float32 inputs {@code [n, channels, side,
   * side]}, or rows of as many values, channel by channel. What was asked for before happens first.
   *
   * @param seed what the changes follow from, together with the epoch
   * @throws IllegalArgumentException if the inputs are not pictures, or a change goes beyond them
   */
  public MiniBatches augmented(Augmentation augmentation, long seed) {
    ImageShape picture = pictureShape();
    augmentation.requireFits(picture);
    if (augmentation.equals(Augmentation.NONE)) {
      return this; // Straight from array to array, and not by way of the heap.
    }
    List<IntFunction<RandomChanges>> all = new ArrayList<>(changes);
    all.add(epoch -> new RandomChanges(augmentation, picture, inputs.rows(), seed, epoch));
    return new MiniBatches(inputs, shape, targets, batchSize, this.seed, all);
  }

  /**
   * The same batches with every other picture, on average, mirrored: left and right change places.
   * What a picture shows stays the same, so a network gets twice as much to learn from.
   *
   * @param seed what the choice of the pictures follows from, together with the epoch
   * @see #augmented
   */
  public MiniBatches mirrored(long seed) {
    return augmented(
        new Augmentation(0, Augmentation.Border.ZERO, Augmentation.Flip.RANDOM, 0), seed);
  }

  /**
   * The same batches with every picture moved some pixels up or down and left or right, all moves
   * being equally probable. What comes in from outside is 0, the mean colour of standardised
   * pictures. So a network learns not to count on the exact place.
   *
   * @param furthest how many pixels at most in each direction
   * @param seed what the moves follow from, together with the epoch
   * @see #augmented
   */
  public MiniBatches shifted(int furthest, long seed) {
    return augmented(
        new Augmentation(furthest, Augmentation.Border.ZERO, Augmentation.Flip.NONE, 0), seed);
  }

  /** A number of values fits one shape at most, as no square is three times another. */
  private ImageShape pictureShape() {
    long features = inputs.columns();
    for (int channels : new int[] {1, 3}) {
      int side = (int) Math.round(Math.sqrt((double) features / channels));
      boolean fits = features == (long) channels * side * side;
      long[] picture = {shape[0], channels, side, side};
      if (fits
          && (shape.length == 2 || Arrays.equals(shape, picture))
          && inputs.dataType() == DataType.FLOAT) {
        return new ImageShape(channels, side);
      }
    }
    throw new IllegalArgumentException(
        "only square pictures in 1 or 3 channels of FLOAT values can be changed, but the inputs are %s of shape %s"
            .formatted(inputs.dataType(), Arrays.toString(shape)));
  }

  /** Batches per epoch, with the short one. */
  @Override
  public int count() {
    return (inputs.rows() - 1) / batchSize + 1;
  }

  /**
   * All examples in this epoch's order; order and changes depend on the seeds and the epoch.
   *
   * @throws IllegalArgumentException if the epoch is less than 1
   */
  @Override
  public Iterable<DataSet> epoch(int epoch) {
    if (epoch < 1) {
      throw new IllegalArgumentException(
          "epochs are counted from 1, but epoch %d was asked for".formatted(epoch));
    }
    return () -> new Pass(epoch);
  }

  private Batch batch(int rows) {
    return batches.computeIfAbsent(
        rows,
        n -> {
          long[] shaped = shape.clone();
          shaped[0] = n;
          INDArray flat = Nd4j.createUninitialized(inputs.dataType(), n, inputs.columns());
          return new Batch(
              flat,
              flat.reshape(shaped),
              Nd4j.createUninitialized(targets.dataType(), n, targets.columns()),
              new float[changes.isEmpty() ? 0 : n * inputs.columns()]);
        });
  }

  private final class Pass implements Iterator<DataSet> {
    private final int[] order;
    private final List<RandomChanges> changed;
    private int from;

    Pass(int epoch) {
      order = SeededRandom.permutation(inputs.rows(), seed, epoch - 1);
      changed = changes.stream().map(change -> change.apply(epoch)).toList();
    }

    @Override
    public boolean hasNext() {
      return from < order.length;
    }

    @Override
    public DataSet next() {
      if (!hasNext()) {
        throw new NoSuchElementException(
            "all %d examples of this pass were handed out".formatted(order.length));
      }
      Batch batch = batch(Math.min(batchSize, order.length - from));
      if (changed.isEmpty()) {
        transfer.gather(inputs, order, from, batch.rows());
      } else {
        transfer.gather(inputs, order, from, batch.values());
        change(batch.values());
        transfer.put(batch.values(), batch.rows(), 0);
      }
      transfer.gather(targets, order, from, batch.targets());
      from += batch.rows().rows();
      // A new one each time, as Deeplearning4j notes in it what it has done to the batch.
      return new DataSet(batch.inputs(), batch.targets());
    }

    private void change(float[] values) {
      int features = inputs.columns();
      for (int i = 0; i * features < values.length; i++) {
        for (RandomChanges each : changed) {
          each.apply(values, i * features, order[from + i]);
        }
      }
    }
  }
}
