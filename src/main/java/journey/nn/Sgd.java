package journey.nn;

import java.util.List;
import journey.nn.kernel.Blas;

/** Stochastic gradient descent: θ ← θ − η·g. */
public final class Sgd implements Optimizer {

  @Override
  public void update(List<Parameter> parameters, double learningRate) {
    for (Parameter parameter : parameters) {
      Blas.addScaled(-learningRate, parameter.gradient(), parameter.value());
    }
  }
}
