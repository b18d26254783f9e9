package journey.nn;

import java.util.List;
import journey.nn.kernel.Amounts;

/**
 * Adam with decoupled weight decay: θ ← θ − η·λ·θ for the weights, then Adam's step.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter, 2019, algorithm 2</a>
 */
public final class AdamW implements Optimizer {

  private final Adam adam = new Adam();
  private final double decay;

  /**
   * @param decay λ, the share of a weight that is lost at a learning rate of 1; finite, at least 0
   * @throws IllegalArgumentException if it is not
   */
  public AdamW(double decay) {
    this.decay = Amounts.require("a weight decay", decay);
  }

  @Override
  public void update(List<Parameter> parameters, double learningRate) {
    for (Parameter parameter : parameters) {
      if (parameter.penalized()) {
        parameter.value().muli(1 - learningRate * decay);
      }
    }
    adam.update(parameters, learningRate);
  }
}
