package journey.nn;

import java.util.List;
import journey.nn.kernel.Blas;
import journey.nn.kernel.PerParameter;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Nesterov's momentum: v ← β·v + g and θ ← θ − η·(g + β·v), a step that looks ahead to where the
 * speed is about to lead.
 *
 * @see <a href="https://proceedings.mlr.press/v28/sutskever13.html">Sutskever et al., 2013</a>, in
 *     the form that needs the gradient only where the parameters are
 */
public final class Nesterov implements Optimizer {

  private final double β;
  private final PerParameter velocities = new PerParameter();

  /** With β = 0.9. */
  public Nesterov() {
    this(0.9);
  }

  /** β is the share of its velocity that a parameter keeps, from 0 to below 1. */
  public Nesterov(double beta) {
    β = beta;
  }

  @Override
  public void update(List<Parameter> parameters, double learningRate) {
    for (Parameter parameter : parameters) {
      INDArray θ = parameter.value();
      INDArray g = parameter.gradient();
      INDArray v = velocities.of(θ);
      Blas.blend(1, g, β, v);
      Blas.addScaled(-learningRate, g, θ);
      Blas.addScaled(-learningRate * β, v, θ);
    }
  }
}
