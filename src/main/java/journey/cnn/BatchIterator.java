package journey.cnn;

import java.util.concurrent.atomic.AtomicInteger;
import journey.data.Batches;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Batches as Deeplearning4j's own training takes them: {@code graph.fit(new BatchIterator(batches),
 * epochs)}. It begins with epoch 1, and each reset begins the next epoch.
 */
public final class BatchIterator extends ExistingDataSetIterator {

  private static final long serialVersionUID = 1L;

  /** Begins with epoch 1. */
  public BatchIterator(Batches batches) {
    super(epochs(batches));
  }

  private static Iterable<DataSet> epochs(Batches batches) {
    var epoch = new AtomicInteger();
    return () -> batches.epoch(epoch.incrementAndGet()).iterator();
  }
}
