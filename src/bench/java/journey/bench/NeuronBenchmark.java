package journey.bench;

import journey.nn.Neuron;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** The single neuron. */
public class NeuronBenchmark extends InMicroseconds {

  private INDArray x;
  private INDArray y;
  private Neuron neuron;

  /** A batch, and a neuron that has learnt nothing. */
  @Setup
  public void fill() {
    x = LayerSizes.pictures(LayerSizes.BATCH, LayerSizes.FEATURES);
    y = LayerSizes.pictures(LayerSizes.BATCH, 1).gt(0.5).castTo(DataType.FLOAT);
    neuron = new Neuron(LayerSizes.FEATURES, DataType.FLOAT);
  }

  /** One step of training on a batch. */
  @Benchmark
  public Neuron step() {
    neuron.step(x, y, 1e-3);
    return neuron;
  }
}
