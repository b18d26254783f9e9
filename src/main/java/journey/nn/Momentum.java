package journey.nn;

import java.util.List;
import journey.nn.kernel.Blas;
import journey.nn.kernel.PerParameter;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gradient descent with momentum: v ← β·v + g and θ ← θ − η·v. What points the same way again and
 * again adds up; what goes to and fro cancels out.
 *
 * @see <a href="https://proceedings.mlr.press/v28/sutskever13.html">Sutskever et al., 2013</a>
 */
public final class Momentum implements Optimizer {

  private final double β;
  private final PerParameter velocities = new PerParameter();

  /** With β = 0.9. */
  public Momentum() {
    this(0.9);
  }

  /** β is the share of its velocity that a parameter keeps, from 0 to below 1. */
  public Momentum(double beta) {
    β = beta;
  }

  @Override
  public void update(List<Parameter> parameters, double learningRate) {
    for (Parameter parameter : parameters) {
      INDArray θ = parameter.value();
      INDArray g = parameter.gradient();
      INDArray v = velocities.of(θ);
      Blas.blend(1, g, β, v);
      Blas.addScaled(-learningRate, v, θ);
    }
  }
}
