package journey.bench;

import java.util.concurrent.TimeUnit;
import journey.nn.Neuron;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The single neuron. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NeuronBenchmark {

  private INDArray x;
  private INDArray y;
  private Neuron neuron;

  /** A batch, and a neuron that has learnt nothing. */
  @Setup
  public void fill() {
    x = Shapes.pictures(Shapes.BATCH, Shapes.FEATURES);
    y = Shapes.pictures(Shapes.BATCH, 1).gt(0.5).castTo(DataType.FLOAT);
    neuron = new Neuron(Shapes.FEATURES, DataType.FLOAT);
  }

  /** One step of training on a batch. */
  @Benchmark
  public Neuron step() {
    neuron.step(x, y, 1e-3);
    return neuron;
  }
}
