package journey.nn;

import java.util.List;
import journey.nn.kernel.BatchBuffer;
import journey.nn.kernel.Blas;
import journey.nn.kernel.Shapes;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A fully connected layer, {@code a = f(x·W + b)}: each of its neurons sees every input.
 *
 * <p>Shapes: {@code x [batch, inputs]}, {@code W [inputs, outputs]}, {@code b [1, outputs]}, {@code
 * a [batch, outputs]}.
 */
public final class DenseLayer implements Layer {

  private final Activation f;
  private final Parameter W;
  private final Parameter b;
  private final BatchBuffer outputs;
  private final BatchBuffer inputGradients;
  private INDArray x;
  private INDArray a;
  private INDArray δ;

  /** A layer with weights drawn by the initializer from {@code random}, and biases of zero. */
  public DenseLayer(int inputs, int outputs, Activation f, Initializer initializer, Random random) {
    INDArray weights = initializer.weights(inputs, outputs, random);
    DataType type = weights.dataType();
    this.f = f;
    this.W = new Parameter("W", weights, weights.like(), true);
    this.b = new Parameter("b", Nd4j.zeros(type, 1, outputs), Nd4j.zeros(type, 1, outputs), false);
    this.outputs = new BatchBuffer(type, outputs);
    this.inputGradients = new BatchBuffer(type, inputs);
  }

  /** z = x·W + b and a = f(z) */
  @Override
  public INDArray forward(INDArray x, boolean training) {
    Shapes.requireInputs(x, W.value());
    this.x = x;
    a = outputs.rows(x.rows());
    Blas.affine(x, W.value(), b.value(), a);
    f.apply(a);
    return a;
  }

  /** δ = ∂L/∂a ⊙ f′(z), ∂L/∂W = xᵀ·δ and ∂L/∂b = Σ δ over the batch */
  @Override
  public void backward(INDArray outputGradient) {
    δ = outputGradient;
    f.backward(a, δ);
    Blas.multiplyTransposedLeft(x, δ, W.gradient());
    Blas.sumRows(δ, b.gradient());
  }

  /** ∂L/∂x = δ·Wᵀ */
  @Override
  public INDArray inputGradient() {
    INDArray gradient = inputGradients.rows(x.rows());
    Blas.multiplyTransposedRight(δ, W.value(), gradient);
    return gradient;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(W, b);
  }
}
