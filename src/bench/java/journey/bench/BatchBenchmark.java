package journey.bench;

import java.util.Iterator;
import journey.data.MiniBatches;
import org.nd4j.linalg.dataset.DataSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** Putting a batch of shuffled examples together; an epoch's share of shuffling is part of it. */
public class BatchBenchmark extends InMicroseconds {

  private MiniBatches batches;
  private Iterator<DataSet> pass;
  private int epoch = 1;

  /** All examples there are, as in training: what matters is that they do not fit a cache. */
  @Setup
  public void fill() {
    batches =
        new MiniBatches(
            LayerSizes.pictures(LayerSizes.EXAMPLES, LayerSizes.FEATURES),
            LayerSizes.pictures(LayerSizes.EXAMPLES, 10),
            LayerSizes.BATCH,
            1);
    pass = batches.epoch(epoch).iterator();
  }

  /** The next batch, of the next epoch if need be. */
  @Benchmark
  public void gather(Blackhole sink) {
    if (!pass.hasNext()) {
      pass = batches.epoch(++epoch).iterator();
    }
    sink.consume(pass.next());
  }
}
