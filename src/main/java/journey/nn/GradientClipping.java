package journey.nn;

import java.util.List;
import journey.nn.kernel.Amounts;

/**
 * Keeps steps from becoming too long: if the gradient of all parameters together has a norm above a
 * limit, it is made shorter, in the same direction; then another optimizer takes the step.
 *
 * @see <a href="https://arxiv.org/abs/1211.5063">Pascanu, Mikolov and Bengio, 2013, algorithm 1</a>
 */
public final class GradientClipping implements Optimizer {

  private final Optimizer optimizer;
  private final double limit;

  /**
   * @param limit the largest norm that a gradient may keep, finite and at least 0
   * @throws IllegalArgumentException if it is not
   */
  public GradientClipping(Optimizer optimizer, double limit) {
    this.optimizer = optimizer;
    this.limit = Amounts.require("the limit of a gradient's norm", limit);
  }

  /** g ← g · limit / ‖g‖ where ‖g‖ is above the limit */
  @Override
  public void update(List<Parameter> parameters, double learningRate) {
    double norm = norm(parameters);
    if (norm > limit) {
      parameters.forEach(parameter -> parameter.gradient().muli(limit / norm));
    }
    optimizer.update(parameters, learningRate);
  }

  /** ‖g‖, the root of the sum of all squared gradients. */
  public static double norm(List<Parameter> parameters) {
    return Math.sqrt(
        parameters.stream()
            .mapToDouble(parameter -> parameter.gradient().norm2Number().doubleValue())
            .map(norm -> norm * norm)
            .sum());
  }
}
