package journey.bench;

import journey.nn.DenseLayer;
import journey.nn.He;
import journey.nn.ReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A fully connected layer, there and back. */
public class LayerBenchmark extends InMicroseconds {

  /** Inputs and outputs of the layer. */
  @Param({"3072x64", "3072x512", "512x256", "256x10"})
  public String size;

  private INDArray x;
  private INDArray outputGradient;
  private DenseLayer layer;

  /** A layer that has seen a batch, so that it can go back. */
  @Setup
  public void build() {
    String[] inputsAndOutputs = size.split("x");
    int inputs = Integer.parseInt(inputsAndOutputs[0]);
    int outputs = Integer.parseInt(inputsAndOutputs[1]);
    x = LayerSizes.pictures(LayerSizes.BATCH, inputs);
    outputGradient = LayerSizes.pictures(LayerSizes.BATCH, outputs);
    layer = new DenseLayer(inputs, outputs, new ReLU(), new He(), Nd4j.getRandom());
    layer.forward(x, true);
  }

  /** a = f(x·W + b) */
  @Benchmark
  public INDArray forward() {
    return layer.forward(x, true);
  }

  /** The gradients by weights and biases. */
  @Benchmark
  public DenseLayer backward() {
    layer.backward(outputGradient);
    return layer;
  }

  /** The gradient by the input, which only a layer above another one is asked for. */
  @Benchmark
  public INDArray inputGradient() {
    layer.backward(outputGradient);
    return layer.inputGradient();
  }
}
