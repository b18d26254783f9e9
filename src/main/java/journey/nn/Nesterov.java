package journey.nn;

import java.util.List;
import journey.nn.kernel.Blas;
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
  private final PerParameter v = new PerParameter();

  /** With β = 0.9. */
  public Nesterov() {
    this(0.9);
  }

  /** β is the share of its speed that a parameter keeps, from 0 to below 1. */
  public Nesterov(double β) {
    this.β = β;
  }

  @Override
  public void update(List<Parameter> parameters, double learningRate) {
    for (Parameter θ : parameters) {
      INDArray speed = v.of(θ);
      Blas.blend(1, θ.gradient(), β, speed);
      Blas.addScaled(-learningRate, θ.gradient(), θ.value());
      Blas.addScaled(-learningRate * β, speed, θ.value());
    }
  }
}
