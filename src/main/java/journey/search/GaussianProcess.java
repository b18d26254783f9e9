package journey.search;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.util.FastMath;

/**
 * What some measured values of an unknown function say about all others: at every point a normal
 * distribution, sure near measured points and vague far from them. The kernel is Matérn's with
 * {@code nu = 5/2}, which has a length scale for each dimension: how far one has to go for the
 * function to change much.
 *
 * @see <a href="https://gaussianprocess.org/gpml/chapters/">C. E. Rasmussen, C. K. I. Williams,
 *     Gaussian Processes for Machine Learning (2006), algorithm 2.1 and equations 4.17, 5.8</a>
 * @see <a href="https://doi.org/10.1023/A:1008306431147">D. R. Jones, M. Schonlau, W. J. Welch,
 *     Efficient Global Optimization of Expensive Black-Box Functions, Journal of Global
 *     Optimization 13 (1998)</a>, of which the estimates of mean and variance (equations 5, 6) and
 *     the expected improvement (equation 15) are
 */
public final class GaussianProcess {

  private static final double SQRT_5 = Math.sqrt(5);
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  /** Below it a matrix is taken for singular. */
  private static final double SMALLEST_PIVOT = 1e-14;

  // Where the length scales and the noise, relative to the function's variance, are looked for, and
  // what is expected of them before anything is measured: the logarithms' means and deviations.
  private static final double SHORTEST = 0.02;
  private static final double LONGEST = 20;
  private static final double USUAL_LENGTH = 0.5;
  private static final double SPREAD_OF_LENGTHS = 1;
  private static final double LEAST_NOISE = 1e-8;
  private static final double MOST_NOISE = 1;
  private static final double USUAL_NOISE = 1e-3;
  private static final double SPREAD_OF_NOISE = 3;

  private static final int EVALUATIONS_PER_PARAMETER = 25;
  private static final double IMPOSSIBLE = -1e9;

  private final double[][] x;
  private final double[] lengths;
  private final double noise;
  private final double mean;
  private final double variance;
  private final double logLikelihood;
  private final DecompositionSolver solver;
  private final RealVector weights;

  /**
   * A normal distribution of the function's value at a point.
   *
   * @param mean the value believed in
   * @param deviation its standard deviation, without the noise of a measurement
   */
  public record Prediction(double mean, double deviation) {

    /**
     * By how much the value is expected to surpass the best one so far; a value below counts as no
     * improvement.
     */
    public double expectedImprovement(double best) {
      double gain = mean - best;
      if (deviation == 0) {
        return Math.max(0, gain);
      }
      double z = gain / deviation;
      return Math.max(0, gain * NORMAL.cumulativeProbability(z) + deviation * NORMAL.density(z));
    }
  }

  /**
   * A process with known length scales and noise. The mean and the variance of the function are
   * those that make the measured values most likely.
   *
   * @param x the points, {@code [n, d]}
   * @param y the values measured there, {@code [n]}
   * @param lengths a length scale for each coordinate
   * @param noise the variance of a measurement, relative to that of the function; 0 if measurements
   *     are exact
   * @throws IllegalArgumentException if points lie too close together for measurements so exact
   */
  public GaussianProcess(double[][] x, double[] y, double[] lengths, double noise) {
    int n = x.length;
    this.x = x;
    this.lengths = lengths;
    this.noise = noise;
    CholeskyDecomposition cholesky = decompose(x, lengths, noise);
    this.solver = cholesky.getSolver();
    RealVector ones = new ArrayRealVector(n, 1);
    RealVector values = new ArrayRealVector(y);
    RealVector solvedOnes = solver.solve(ones);
    this.mean = solvedOnes.dotProduct(values) / solvedOnes.dotProduct(ones);
    RealVector centred = values.mapSubtract(mean);
    this.weights = solver.solve(centred);
    this.variance = Math.max(Double.MIN_NORMAL, centred.dotProduct(weights) / n);
    this.logLikelihood =
        -n / 2.0 * (1 + Math.log(2 * Math.PI * variance)) - halfLogDeterminant(cholesky.getL());
  }

  private static CholeskyDecomposition decompose(double[][] x, double[] lengths, double noise) {
    int n = x.length;
    double[][] kernel = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        kernel[i][j] = matern(x[i], x[j], lengths);
        kernel[j][i] = kernel[i][j];
      }
      kernel[i][i] = 1 + noise;
    }
    try {
      return new CholeskyDecomposition(
          new Array2DRowRealMatrix(kernel, false),
          CholeskyDecomposition.DEFAULT_RELATIVE_SYMMETRY_THRESHOLD,
          SMALLEST_PIVOT);
    } catch (NonPositiveDefiniteMatrixException singular) {
      throw new IllegalArgumentException(
          "two of the %d points lie too close together for a noise of %s; take more"
              .formatted(n, noise),
          singular);
    }
  }

  private static double halfLogDeterminant(RealMatrix triangle) {
    return IntStream.range(0, triangle.getRowDimension())
        .mapToDouble(i -> Math.log(triangle.getEntry(i, i)))
        .sum();
  }

  /** Equation 4.17 with nu = 5/2; 1 where the points are the same. */
  private static double matern(double[] a, double[] b, double[] lengths) {
    double square = 0;
    for (int i = 0; i < a.length; i++) {
      double scaled = (a[i] - b[i]) / lengths[i];
      square += scaled * scaled;
    }
    double r = SQRT_5 * Math.sqrt(square);
    return (1 + r + r * r / 3) * FastMath.exp(-r);
  }

  /**
   * The process whose length scales and noise are the most probable ones after the measurements:
   * the marginal likelihood times a weak prior, which has its say while there are few points.
   *
   * @param x the points, {@code [n, d]}, with coordinates from 0 to 1
   * @param y the values measured there, {@code [n]}
   * @param dimensions the dimension that each of the d coordinates belongs to, from 0; those of the
   *     same have one length scale
   */
  public static GaussianProcess fit(double[][] x, double[] y, int[] dimensions) {
    int scales = 1 + Arrays.stream(dimensions).max().orElseThrow();
    double[] low = logarithms(scales, SHORTEST, LEAST_NOISE);
    double[] high = logarithms(scales, LONGEST, MOST_NOISE);
    double[] usual = logarithms(scales, USUAL_LENGTH, USUAL_NOISE);
    int evaluations = EVALUATIONS_PER_PARAMETER * (scales + 1);
    double[] best =
        new Maximizer(low, high, 1, evaluations, 1)
            .maximize(
                logs -> {
                  try {
                    return with(x, y, dimensions, logs).logLikelihood + logPrior(logs, usual);
                  } catch (IllegalArgumentException singular) {
                    return IMPOSSIBLE;
                  }
                },
                usual);
    return with(x, y, dimensions, best);
  }

  private static double[] logarithms(int scales, double length, double noise) {
    double[] logs = new double[scales + 1];
    Arrays.fill(logs, Math.log(length));
    logs[scales] = Math.log(noise);
    return logs;
  }

  private static GaussianProcess with(double[][] x, double[] y, int[] dimensions, double[] logs) {
    double[] lengths = Arrays.stream(dimensions).mapToDouble(d -> Math.exp(logs[d])).toArray();
    return new GaussianProcess(x, y, lengths, Math.exp(logs[logs.length - 1]));
  }

  private static double logPrior(double[] logs, double[] usual) {
    int scales = logs.length - 1;
    double square = Math.pow((logs[scales] - usual[scales]) / SPREAD_OF_NOISE, 2);
    for (int i = 0; i < scales; i++) {
      square += Math.pow((logs[i] - usual[i]) / SPREAD_OF_LENGTHS, 2);
    }
    return -square / 2;
  }

  /**
   * The function's value at a point.
   *
   * @param point its coordinates, {@code [d]}
   */
  public Prediction predict(double[] point) {
    var covariances =
        new ArrayRealVector(
            Arrays.stream(x).mapToDouble(each -> matern(each, point, lengths)).toArray(), false);
    double unknown = 1 - covariances.dotProduct(solver.solve(covariances));
    return new Prediction(
        mean + covariances.dotProduct(weights), Math.sqrt(variance * Math.max(0, unknown)));
  }

  /**
   * The same process as if what it predicts for some points had been measured there, so that it has
   * nothing to learn from them any more.
   *
   * @param points {@code [m, d]}
   * @see <a href="https://doi.org/10.1007/978-3-642-10701-6_6">D. Ginsbourger, R. Le Riche, L.
   *     Carraro, Kriging is Well-Suited to Parallelize Optimization (2010)</a>
   */
  GaussianProcess believing(double[] y, List<double[]> points) {
    if (points.isEmpty()) {
      return this;
    }
    double[][] all = Stream.concat(Arrays.stream(x), points.stream()).toArray(double[][]::new);
    double[] values = Arrays.copyOf(y, all.length);
    for (int i = y.length; i < all.length; i++) {
      values[i] = predict(all[i]).mean();
    }
    return new GaussianProcess(all, values, lengths, noise);
  }

  /** The length scale of each coordinate; a long one means that it hardly matters. */
  public double[] lengths() {
    return lengths.clone();
  }

  /** The standard deviation of a measurement. */
  public double noiseDeviation() {
    return Math.sqrt(noise * variance);
  }

  /** How likely the measured values are: equation 5.8. */
  public double logMarginalLikelihood() {
    return logLikelihood;
  }
}
