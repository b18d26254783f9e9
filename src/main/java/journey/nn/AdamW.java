package journey.nn;

import java.util.List;

/**
 * Adam with decoupled weight decay: θ ← θ − η·λ·θ for the weights, then Adam's step.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter, 2019, algorithm 2</a>
 */
public final class AdamW implements Optimizer {

  private final Adam adam = new Adam();
  private final double λ;

  /** λ is the share of a weight that is lost at a learning rate of 1. */
  public AdamW(double λ) {
    this.λ = λ;
  }

  @Override
  public void update(List<Parameter> parameters, double learningRate) {
    for (Parameter θ : parameters) {
      if (θ.penalised()) {
        θ.value().muli(1 - learningRate * λ);
      }
    }
    adam.update(parameters, learningRate);
  }
}
