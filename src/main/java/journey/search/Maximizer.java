package journey.search;

import java.util.Arrays;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.random.MersenneTwister;

/**
 * The highest point of a function within a box, without its gradient, by CMA-ES. It needs no smooth
 * function, so whole numbers and choices are no obstacle.
 *
 * @see <a href="https://arxiv.org/abs/1604.00772">N. Hansen, The CMA Evolution Strategy: A Tutorial
 *     (2016)</a>
 */
record Maximizer(double[] low, double[] high, double step, int evaluations, long seed) {

  /** A point nearly as high as any near the start. */
  double[] maximize(MultivariateFunction function, double[] start) {
    int n = start.length;
    double[] steps = new double[n];
    Arrays.fill(steps, step);
    var optimizer =
        new CMAESOptimizer(evaluations, 0, true, 0, 0, new MersenneTwister(seed), false, null);
    return optimizer
        .optimize(
            GoalType.MAXIMIZE,
            new ObjectiveFunction(function),
            new MaxEval(evaluations),
            new InitialGuess(start),
            new SimpleBounds(low, high),
            new CMAESOptimizer.Sigma(steps),
            // Hansen's default.
            new CMAESOptimizer.PopulationSize(4 + (int) (3 * Math.log(n))))
        .getPoint();
  }
}
