package journey.data;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import journey.memory.RowTransfer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pictures of one pass, changed in the background while the network learns. At most three
 * batches are prepared ahead, so a pass that is abandoned leaves nothing running.
 */
final class ChangedPictures implements MiniBatches.Inputs {

  private static final int AHEAD = 3;

  private final RowTransfer transfer = RowTransfer.ofBackend();
  private final INDArray pictures;
  private final int[] order;
  private final int batchSize;
  private final List<RandomChanges> changes;
  private final Background background;
  private final Queue<CompletableFuture<float[]>> ahead = new ArrayDeque<>();
  private int begun;

  ChangedPictures(
      INDArray pictures,
      int[] order,
      int batchSize,
      List<RandomChanges> changes,
      Background background) {
    this.pictures = pictures;
    this.order = order;
    this.batchSize = Math.min(batchSize, order.length);
    this.changes = changes;
    this.background = background;
    for (int i = 0; i < AHEAD; i++) {
      begin(new float[this.batchSize * pictures.columns()]);
    }
  }

  /**
   * Waits for the next batch, also through an interrupt, which then still stands.
   *
   * @throws IllegalStateException if the pictures could not be prepared
   */
  @Override
  public void fill(INDArray rows, int from) {
    try {
      float[] values = ahead.remove().join();
      transfer.put(values, rows, 0);
      begin(values);
    } catch (CompletionException failure) {
      ahead.clear();
      throw new IllegalStateException(
          "the pictures from number %d of the epoch on could not be prepared".formatted(from),
          failure.getCause());
    }
  }

  private void begin(float[] buffer) {
    if (begun == order.length) {
      return;
    }
    int first = begun;
    int count = Math.min(batchSize, order.length - first);
    begun += count;
    ahead.add(background.submit(() -> prepare(first, count, buffer)));
  }

  private float[] prepare(int first, int count, float[] buffer) {
    int features = pictures.columns();
    float[] values = count == batchSize ? buffer : new float[count * features];
    float[] original = new float[features];
    for (int i = 0; i < count; i++) {
      int number = order[first + i];
      transfer.get(pictures, number, original);
      float[] picture = original;
      for (RandomChanges change : changes) {
        picture = change.apply(picture, number);
      }
      System.arraycopy(picture, 0, values, i * features, features);
    }
    return values;
  }
}
