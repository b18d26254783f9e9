package journey.bench;

import journey.memory.MainMemory;
import journey.nn.kernel.Blas;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The large products of a layer, by the library that {@link Blas} chooses and by those that it
 * chooses from.
 */
public class ProductBenchmark extends InMicroseconds {

  /** Inputs and outputs of the layer. */
  @Param({"3072x64", "3072x512"})
  public String size;

  /** Who multiplies. */
  @Param({"Blas", "oneDNN", "OpenBLAS"})
  public String library;

  private int inputs;
  private int outputs;
  private INDArray x;
  private INDArray weights;
  private INDArray biases;
  private INDArray z;
  private INDArray gradient;

  /** A batch and a layer's weights. */
  @Setup
  public void fill() {
    String[] inputsAndOutputs = size.split("x");
    inputs = Integer.parseInt(inputsAndOutputs[0]);
    outputs = Integer.parseInt(inputsAndOutputs[1]);
    x = LayerSizes.pictures(LayerSizes.BATCH, inputs);
    weights = LayerSizes.pictures(inputs, outputs);
    biases = LayerSizes.pictures(1, outputs);
    z = LayerSizes.pictures(LayerSizes.BATCH, outputs);
    gradient = LayerSizes.pictures(inputs, outputs);
  }

  /** z = x·W, by Blas with + b, as a layer has it. */
  @Benchmark
  public INDArray forward() {
    if (library.equals("Blas")) {
      Blas.affine(x, weights, biases, z);
    } else {
      multiply(false, x, inputs, weights, z, LayerSizes.BATCH, inputs);
    }
    return z;
  }

  /** ∂L/∂W = xᵀ·δ, where z stands for δ. */
  @Benchmark
  public INDArray backward() {
    if (library.equals("Blas")) {
      Blas.multiplyTransposedLeft(x, z, gradient);
    } else {
      multiply(true, x, inputs, z, gradient, inputs, LayerSizes.BATCH);
    }
    return gradient;
  }

  private void multiply(
      boolean transposed, INDArray a, int columns, INDArray b, INDArray c, int m, int k) {
    FloatPointer first = MainMemory.floats(a);
    FloatPointer second = MainMemory.floats(b);
    FloatPointer result = MainMemory.floats(c);
    int n = outputs;
    if (library.equals("oneDNN")) {
      byte operation = (byte) (transposed ? 'T' : 'N');
      dnnl.dnnl_sgemm(operation, (byte) 'N', m, n, k, 1, first, columns, second, n, 0, result, n);
    } else {
      openblas.cblas_sgemm(
          openblas.CblasRowMajor,
          transposed ? openblas.CblasTrans : openblas.CblasNoTrans,
          openblas.CblasNoTrans,
          m,
          n,
          k,
          1,
          first,
          columns,
          second,
          n,
          0,
          result,
          n);
    }
    MainMemory.keep(a, b, c);
  }
}
