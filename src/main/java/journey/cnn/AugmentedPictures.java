package journey.cnn;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import journey.cnn.Augmentation.Border;
import journey.data.Cifar10;
import journey.data.PictureChanges;
import journey.data.SeededRandom;
import journey.memory.RowTransfer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Training pictures in batches {@code [examples, 3, 32, 32]}, in a new random order and changed at
 * random anew each epoch. Order and changes follow from the seed and the epoch alone.
 *
 * <p>A thread of its own prepares the next batches while the network learns from one. All batches
 * share their arrays: <em>a batch is valid until the next one is asked for</em>, and one pass must
 * be closed before the next begins.
 */
public final class AugmentedPictures {

  private static final int SIDE = Cifar10.SIDE;
  private static final int FEATURES = Cifar10.FEATURES;

  /** Batches prepared in advance: more would only take memory. */
  private static final int AHEAD = 3;

  private final RowTransfer transfer = RowTransfer.ofBackend();
  private final INDArray pictures;
  private final int[] labels;
  private final int batchSize;
  private final Augmentation augmentation;
  private final long seed;
  private final float onTarget;
  private final float offTarget;
  private final Batch whole;
  private final Batch last;

  /**
   * @param pictures {@code [n, 3072]}, float32, standardised, channel by channel
   * @param labels the class number of each
   * @param classes how many classes there are
   * @param recipe gives batch size, label smoothing and augmentation
   * @param seed what order and changes follow from, together with the epoch
   * @throws IllegalArgumentException if the pictures are of another shape or type or there are
   *     none, or there is not one label for each
   */
  public AugmentedPictures(INDArray pictures, int[] labels, int classes, Recipe recipe, long seed) {
    if (pictures.rank() != 2
        || pictures.isEmpty()
        || pictures.columns() != FEATURES
        || pictures.dataType() != DataType.FLOAT
        || pictures.rows() != labels.length) {
      throw new IllegalArgumentException(
          "pictures must be rows of %d FLOAT values with a label for each, but there are %d labels for %s of shape %s"
              .formatted(
                  FEATURES, labels.length, pictures.dataType(), Arrays.toString(pictures.shape())));
    }
    this.pictures = RowTransfer.contiguous(pictures);
    this.labels = labels.clone();
    this.batchSize = Math.min(recipe.batchSize(), labels.length);
    this.augmentation = recipe.augmentation();
    this.seed = seed;
    offTarget = (float) (recipe.labelSmoothing() / classes);
    onTarget = (float) (1 - recipe.labelSmoothing() + recipe.labelSmoothing() / classes);
    whole = new Batch(batchSize, classes);
    int rest = labels.length % batchSize;
    last = rest == 0 ? whole : new Batch(rest, classes);
  }

  /** Batches per epoch, with the short one. */
  public int count() {
    return (size() - 1) / batchSize + 1;
  }

  /** Pictures per epoch. */
  public int size() {
    return labels.length;
  }

  /**
   * Begins a pass over all pictures. Close it, also when it is not gone through to its end.
   *
   * @param epoch counted from 0
   */
  public Pass epoch(int epoch) {
    return new Pass(epoch);
  }

  /** The arrays that all batches of a size share, with a view of each that fits the transfer. */
  private final class Batch {
    private final INDArray rows;
    private final INDArray targets;
    private final float[] values;
    private final DataSet dataSet;

    Batch(int examples, int classes) {
      rows = Nd4j.createUninitialized(DataType.FLOAT, examples, FEATURES);
      targets = Nd4j.createUninitialized(DataType.FLOAT, examples, classes);
      values = new float[examples * classes];
      dataSet = new DataSet(rows.reshape(examples, Cifar10.CHANNELS, SIDE, SIDE), targets);
    }

    DataSet fill(float[] changed, int[] order, int from) {
      transfer.put(changed, rows, 0);
      Arrays.fill(values, offTarget);
      int classes = targets.columns();
      for (int i = 0; i < rows.rows(); i++) {
        values[i * classes + labels[order[from + i]]] = onTarget;
      }
      transfer.put(values, targets, 0);
      return dataSet;
    }
  }

  /** What the thread hands over: pictures, or why it had to give up. */
  private record Prepared(float[] values, Throwable failure) {}

  /** One epoch's batches. */
  public final class Pass implements Iterator<DataSet>, AutoCloseable {

    private final BlockingQueue<float[]> free = new ArrayBlockingQueue<>(AHEAD);
    private final BlockingQueue<Prepared> ready = new ArrayBlockingQueue<>(AHEAD + 2);
    private final int[] order;
    private final Thread thread;
    private int from;

    private Pass(int epoch) {
      order = SeededRandom.permutation(size(), seed, epoch);
      var changes = new RandomChanges(augmentation, size(), seed, epoch);
      for (int i = 0; i < AHEAD; i++) {
        free.add(new float[batchSize * FEATURES]);
      }
      thread = new Thread(() -> prepareAll(changes), "pictures of epoch " + (epoch + 1));
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public boolean hasNext() {
      return from < size();
    }

    /**
     * The next batch. Waits through an interrupt, which then still stands.
     *
     * @throws IllegalStateException if the pictures could not be prepared
     */
    @Override
    public DataSet next() {
      if (!hasNext()) {
        throw new NoSuchElementException(
            "all %d pictures of this pass were handed out".formatted(size()));
      }
      Prepared prepared = takeReady();
      if (prepared.failure() != null) {
        int failed = from;
        from = size();
        throw new IllegalStateException(
            "the pictures from number %d on could not be prepared".formatted(failed),
            prepared.failure());
      }
      Batch batch = prepared.values().length == batchSize * FEATURES ? whole : last;
      DataSet filled = batch.fill(prepared.values(), order, from);
      free.offer(prepared.values());
      from += filled.numExamples();
      return filled;
    }

    private Prepared takeReady() {
      boolean interrupted = false;
      try {
        while (true) {
          try {
            return ready.take();
          } catch (InterruptedException later) {
            interrupted = true;
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private void prepareAll(RandomChanges changes) {
      try {
        for (int first = 0; first < size(); first += batchSize) {
          int examples = Math.min(batchSize, size() - first);
          float[] values = examples == batchSize ? free.take() : new float[examples * FEATURES];
          prepare(changes, first, values);
          ready.put(new Prepared(values, null));
        }
      } catch (InterruptedException closed) {
        // Nobody waits for what is missing.
      } catch (RuntimeException | Error failure) {
        ready.offer(new Prepared(null, failure));
      }
    }

    private void prepare(RandomChanges changes, int first, float[] values)
        throws InterruptedException {
      float[] picture = new float[FEATURES];
      for (int i = 0; i * FEATURES < values.length; i++) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        int row = order[first + i];
        transfer.get(pictures, row, picture);
        System.arraycopy(changes.apply(picture, row), 0, values, i * FEATURES, FEATURES);
      }
    }

    /** Ends the thread; it has ended when this returns. */
    @Override
    public void close() {
      from = size();
      thread.interrupt();
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** How the pictures of one epoch are changed, one after the other. */
  private static final class RandomChanges {

    private final Augmentation augmentation;
    private final SplittableRandom random;
    private final boolean[] mirrored;
    private final float[] moved = new float[FEATURES];

    RandomChanges(Augmentation augmentation, int size, long seed, int epoch) {
      this.augmentation = augmentation;
      // Not the numbers that the order comes from.
      random = SeededRandom.of(~seed, epoch);
      mirrored = new boolean[size];
      if (augmentation.flip() == Augmentation.Flip.ALTERNATING) {
        int[] halves = SeededRandom.permutation(size, ~seed, -1);
        for (int i = 0; i < size; i++) {
          mirrored[halves[i]] = (i < (size + 1) / 2) == (epoch % 2 == 0);
        }
      }
    }

    /** The changed picture: this array, or another one that is valid until the next call. */
    float[] apply(float[] picture, int number) {
      if (flips(number)) {
        PictureChanges.mirror(picture);
      }
      float[] result = augmentation.shift() == 0 ? picture : move(picture);
      if (augmentation.cutout() > 0) {
        int half = augmentation.cutout() / 2;
        int top = random.nextInt(SIDE) - half;
        PictureChanges.blank(result, top, random.nextInt(SIDE) - half, augmentation.cutout());
      }
      return result;
    }

    private boolean flips(int number) {
      return switch (augmentation.flip()) {
        case NONE -> false;
        case RANDOM -> random.nextBoolean();
        case ALTERNATING -> mirrored[number];
      };
    }

    private float[] move(float[] picture) {
      int down = random.nextInt(2 * augmentation.shift() + 1) - augmentation.shift();
      int right = random.nextInt(2 * augmentation.shift() + 1) - augmentation.shift();
      if (augmentation.border() == Border.ZERO) {
        PictureChanges.shift(picture, moved, down, right);
      } else {
        PictureChanges.shiftReflecting(picture, moved, down, right);
      }
      return moved;
    }
  }
}
