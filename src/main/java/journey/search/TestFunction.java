package journey.search;

import java.util.Random;
import journey.metrics.Estimate;

/**
 * Functions with known highest points, to see what a searcher is worth before trainings cost hours.
 *
 * @see <a href="https://www.sfu.ca/~ssurjano/optimization.html">S. Surjanovic, D. Bingham, Virtual
 *     Library of Simulation Experiments: Test Functions and Datasets</a>
 */
public enum TestFunction implements Objective {

  /** Branin's, upside down: two numbers, three equally high points, steep at the edge. */
  BRANIN(-10 / (8 * Math.PI), 0, Dimension.real("x1", -5, 10), Dimension.real("x2", 0, 15)) {
    @Override
    double value(double[] x) {
      double parabola = x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
      return -(parabola * parabola + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x[0]) + 10);
    }
  },

  /** Hartmann's, upside down: six numbers, some high points, one of them the highest. */
  HARTMANN6(
      3.32236801141551, 0, unit("x1"), unit("x2"), unit("x3"), unit("x4"), unit("x5"), unit("x6")) {
    @Override
    double value(double[] x) {
      double sum = 0;
      for (int i = 0; i < HEIGHTS.length; i++) {
        double distance = 0;
        for (int j = 0; j < x.length; j++) {
          distance += STEEPNESS[i][j] * Math.pow(x[j] - PEAKS[i][j] / 1e4, 2);
        }
        sum += HEIGHTS[i] * Math.exp(-distance);
      }
      return sum;
    }
  },

  /** A bowl, upside down, of four numbers that matter unequally, measured with noise. */
  NOISY_BOWL(0, 0.5, side("x1"), side("x2"), side("x3"), side("x4")) {
    @Override
    double value(double[] x) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum -= Math.pow(2, i) * Math.pow(x[i] - CENTRE[i], 2);
      }
      return sum;
    }
  };

  private static final double[] CENTRE = {0.3, -0.4, 0.1, 0.6};

  private static final double[] HEIGHTS = {1, 1.2, 3, 3.2};
  private static final double[][] STEEPNESS = {
    {10, 3, 17, 3.5, 1.7, 8},
    {0.05, 10, 17, 0.1, 8, 14},
    {3, 3.5, 1.7, 10, 17, 8},
    {17, 8, 0.05, 10, 0.1, 14}
  };
  private static final int[][] PEAKS = {
    {1312, 1696, 5569, 124, 8283, 5886},
    {2329, 4135, 8307, 3736, 1004, 9991},
    {2348, 1451, 3522, 2883, 3047, 6650},
    {4047, 8828, 8732, 5743, 1091, 381}
  };

  private final double highest;
  private final double noise;
  private final transient Space space;

  TestFunction(double highest, double noise, Dimension... dimensions) {
    this.highest = highest;
    this.noise = noise;
    this.space = Space.of(dimensions);
  }

  private static Dimension unit(String name) {
    return Dimension.real(name, 0, 1);
  }

  private static Dimension side(String name) {
    return Dimension.real(name, -1, 1);
  }

  abstract double value(double[] x);

  /** Where it is defined. */
  public Space space() {
    return space;
  }

  /** The true value, without noise. */
  public double at(Parameters parameters) {
    return value(space.dimensions().stream().mapToDouble(d -> parameters.real(d.name())).toArray());
  }

  /** By how much the true value falls short of the highest. */
  public double regret(Parameters parameters) {
    return highest - at(parameters);
  }

  @Override
  public Estimate evaluate(Suggestion suggestion) {
    double error = noise * new Random(suggestion.seed()).nextGaussian();
    return new Estimate(at(suggestion.parameters()) + error, 1, null);
  }
}
