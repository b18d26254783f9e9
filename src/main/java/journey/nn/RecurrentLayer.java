package journey.nn;

import java.util.List;
import journey.nn.kernel.BatchBuffer;
import journey.nn.kernel.Blas;
import journey.nn.kernel.Elementwise;
import journey.nn.kernel.Steps;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Reads a sequence step by step and keeps a state: {@code h_t = tanh(x_t·W + h_(t−1)·U + b)}, from
 * {@code h_0 = 0}. Its output is the state after the last step.
 *
 * <p>Shapes: {@code x [batch, steps · inputs]}, {@code W [inputs, states]}, {@code U [states,
 * states]}, {@code b [1, states]}, {@code h_t [batch, states]}. A vector of zeros is padding, and
 * the state after it is zero: sequences are filled up in front.
 *
 * @see <a href="https://doi.org/10.1207/s15516709cog1402_1">Elman, 1990</a>
 */
public final class RecurrentLayer implements Layer {

  private final Parameter W;
  private final Parameter U;
  private final Parameter b;
  private final BatchBuffer inputs;
  private final BatchBuffer states;
  private final BatchBuffer slopes;
  private final BatchBuffer past;
  private final BatchBuffer inputSlopes;
  private Steps s;
  private INDArray X;
  private INDArray H;
  private INDArray δ;
  private INDArray present;

  /** A layer with weights drawn by the initializer from {@code random}, and biases of zero. */
  public RecurrentLayer(int inputs, int states, Initializer initializer, Random random) {
    INDArray w = initializer.weights(inputs, states, random);
    INDArray u = initializer.weights(states, states, random);
    DataType type = w.dataType();
    this.W = new Parameter("W", w, w.like(), true);
    this.U = new Parameter("U", u, u.like(), true);
    this.b = new Parameter("b", Nd4j.zeros(type, 1, states), Nd4j.zeros(type, 1, states), false);
    this.inputs = new BatchBuffer(type, inputs);
    this.states = new BatchBuffer(type, states);
    this.slopes = new BatchBuffer(type, states);
    this.past = new BatchBuffer(type, states);
    this.inputSlopes = new BatchBuffer(type, inputs);
  }

  /** h_t = tanh(x_t·W + h_(t−1)·U + b) for each word; the products x_t·W are one for all steps */
  @Override
  public INDArray forward(INDArray x, boolean training) {
    s = Steps.of(x, W.value().rows());
    X = inputs.rows((long) s.steps() * s.batch());
    s.toSteps(x, X);
    present = Steps.present(X);
    H = states.rows((s.steps() + 1L) * s.batch());
    s.at(H, 0).assign(0);
    INDArray z = s.between(H, 1, s.steps() + 1);
    Blas.multiply(X, W.value(), z);
    Blas.addToRows(b.value(), z);
    INDArray fromPast = past.rows(s.batch());
    for (int t = 1; t <= s.steps(); t++) {
      INDArray h = s.at(H, t);
      Blas.multiply(s.at(H, t - 1), U.value(), fromPast);
      Blas.addScaled(1, fromPast, h);
      Transforms.tanh(h, false).muliColumnVector(s.at(present, t - 1));
    }
    return s.at(H, s.steps());
  }

  /**
   * Backpropagation through time, from the last step to the first: δ_t = ∂L/∂h_t ⊙ (1 − h_t²) and
   * ∂L/∂h_(t−1) = δ_t·Uᵀ. All steps share W, U and b, so ∂L/∂W = Σ x_tᵀ·δ_t, ∂L/∂U = Σ h_(t−1)ᵀ·δ_t
   * and ∂L/∂b = Σ δ_t.
   */
  @Override
  public void backward(INDArray outputGradient) {
    δ = slopes.rows((long) s.steps() * s.batch());
    INDArray ofState = outputGradient;
    for (int t = s.steps(); t >= 1; t--) {
      INDArray h = s.at(H, t);
      INDArray ofSum = h.muli(h, s.at(δ, t - 1)).rsubi(1);
      Elementwise.multiply(ofSum, ofState).muliColumnVector(s.at(present, t - 1));
      Blas.multiplyTransposedRight(ofSum, U.value(), ofState);
    }
    Blas.multiplyTransposedLeft(X, δ, W.gradient());
    Blas.multiplyTransposedLeft(s.between(H, 0, s.steps()), δ, U.gradient());
    Blas.sumRows(δ, b.gradient());
  }

  /** ∂L/∂x_t = δ_t·Wᵀ */
  @Override
  public INDArray inputGradient() {
    INDArray byStep = inputSlopes.rows((long) s.steps() * s.batch());
    Blas.multiplyTransposedRight(δ, W.value(), byStep);
    INDArray gradient = X.reshape('c', s.batch(), (long) s.steps() * s.size());
    s.toExamples(byStep, gradient); // X has done its work.
    return gradient;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(W, U, b);
  }
}
