package journey.nn;

import static org.nd4j.linalg.ops.transforms.Transforms.abs;
import static org.nd4j.linalg.ops.transforms.Transforms.exp;
import static org.nd4j.linalg.ops.transforms.Transforms.log1p;
import static org.nd4j.linalg.ops.transforms.Transforms.max;
import static org.nd4j.linalg.ops.transforms.Transforms.sigmoid;

import journey.nn.kernel.Shapes;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One sigmoid neuron: {@code a = σ(x·w + b)}, the probability that a picture is of class 1.
 *
 * <p>Shapes: inputs {@code x [batch, features]}, weights {@code w [features, 1]}, bias {@code b [1,
 * 1]}; logits {@code z}, activations {@code a} and targets {@code y} are {@code [batch, 1]}.
 */
public final class Neuron {

  private final INDArray w;
  private final INDArray b;

  /** A neuron that knows nothing yet: all weights zero, so that every answer is 0.5. */
  public Neuron(int features, DataType type) {
    this(Nd4j.zeros(type, features, 1), Nd4j.zeros(type, 1, 1));
  }

  private Neuron(INDArray w, INDArray b) {
    this.w = w;
    this.b = b;
  }

  /** z = x·w + b */
  public INDArray logits(INDArray x) {
    Shapes.requireInputs(x, w);
    return product(x, w).addiRowVector(b);
  }

  /** a = σ(z) */
  public INDArray activate(INDArray x) {
    return sigmoid(logits(x), false);
  }

  /** L = mean(−y·ln a − (1−y)·ln(1−a)), as max(z, 0) − y·z + ln(1 + e^−|z|): no logarithm of 0. */
  public double loss(INDArray x, INDArray y) {
    INDArray z = logits(x);
    Shapes.requireSame(z, y);
    INDArray log = log1p(exp(abs(z).negi(), false), false);
    return max(z, 0).subi(y.mul(z)).addi(log).meanNumber().doubleValue();
  }

  /** ∂L/∂w = xᵀ·(a − y) / batch and ∂L/∂b = mean(a − y) */
  public Gradient gradient(INDArray x, INDArray y) {
    INDArray a = activate(x);
    Shapes.requireSame(a, y);
    INDArray error = a.subi(y);
    return new Gradient(product(x.transpose(), error).divi(x.rows()), error.mean(true, 0));
  }

  /** One step downhill: w ← w − η·∂L/∂w and b ← b − η·∂L/∂b, with the learning rate η. */
  public void step(INDArray x, INDArray y, double learningRate) {
    double η = LearningRateSchedule.valid(learningRate);
    Gradient gradient = gradient(x, y);
    w.subi(gradient.w().muli(η));
    b.subi(gradient.b().muli(η));
  }

  /** A neuron of its own with the same weights. */
  public Neuron copy() {
    return new Neuron(w.dup(), b.dup());
  }

  /** w, {@code [features, 1]}; not a copy. */
  public INDArray weights() {
    return w;
  }

  /** b, {@code [1, 1]}; not a copy. */
  public INDArray bias() {
    return b;
  }

  /** Matrix times column. ND4J is ten times faster when it is told that the column is a vector. */
  private static INDArray product(INDArray matrix, INDArray column) {
    return matrix.mmul(column.reshape(column.length())).reshape(matrix.rows(), 1);
  }

  /** The slopes of the loss: {@code w [features, 1]}, {@code b [1, 1]}. */
  public record Gradient(INDArray w, INDArray b) {}
}
