package journey.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.integration.SimpsonIntegrator;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianProcessTest {

  private static final int[] TWO = {0, 1};

  private static double[][] points(int n, long seed) {
    var random = new Random(seed);
    return IntStream.range(0, n)
        .mapToObj(i -> random.doubles(2).toArray())
        .toArray(double[][]::new);
  }

  private static double[] values(double[][] x, ToDoubleFunction<double[]> function) {
    return Arrays.stream(x).mapToDouble(function).toArray();
  }

  private static double wave(double[] x) {
    return Math.sin(6 * x[0]) + x[1];
  }

  @Test
  void itGoesThroughExactMeasurementsAndIsSureThere() {
    double[][] x = points(12, 1);
    double[] y = values(x, GaussianProcessTest::wave);
    var process = new GaussianProcess(x, y, new double[] {0.3, 0.8}, 0);
    for (int i = 0; i < y.length; i++) {
      var prediction = process.predict(x[i]);
      assertEquals(y[i], prediction.mean(), 1e-9);
      assertEquals(0, prediction.deviation(), 1e-5);
    }
    double[] between = {0.5, 0.5};
    assertTrue(process.predict(between).deviation() > 1e-3);
    double[] far = {50, 50};
    double[] further = {90, 90};
    assertEquals(process.predict(far), process.predict(further));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new GaussianProcess(
                new double[][] {{0.5}, {0.5}}, new double[] {1, 2}, new double[] {1}, 0));
  }

  @Test
  void noiseKeepsItFromGoingThrough() {
    double[][] x = {{0.2}, {0.2}, {0.9}};
    var process = new GaussianProcess(x, new double[] {1, 3, 2}, new double[] {0.1}, 0.1);
    var prediction = process.predict(new double[] {0.2});
    assertEquals(2, prediction.mean(), 1e-6);
    assertTrue(prediction.deviation() > 0);
  }

  @Test
  void itsLikelihoodIsThatOfANormalDistribution() {
    double[][] x = points(6, 2);
    double[] y = values(x, GaussianProcessTest::wave);
    var process = new GaussianProcess(x, y, new double[] {0.4, 0.7}, 0.01);
    // Far away nothing is known but the mean and the deviation of the function.
    var prior = process.predict(new double[] {1e6, 1e6});
    double variance = prior.deviation() * prior.deviation();
    double[][] covariance = new double[6][6];
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        double r = Math.hypot((x[i][0] - x[j][0]) / 0.4, (x[i][1] - x[j][1]) / 0.7);
        double s = Math.sqrt(5) * r;
        covariance[i][j] =
            variance * ((1 + s + 5 * r * r / 3) * Math.exp(-s) + (i == j ? 0.01 : 0));
      }
    }
    double[] means = new double[6];
    Arrays.fill(means, prior.mean());
    double density = new MultivariateNormalDistribution(means, covariance).density(y);
    assertEquals(Math.log(density), process.logMarginalLikelihood(), 1e-8);
    assertEquals(0.1 * prior.deviation(), process.noiseDeviation(), 1e-9);
  }

  @Test
  void theFitFindsOutWhatMatters() {
    double[][] x = points(30, 3);
    var process = GaussianProcess.fit(x, values(x, p -> Math.sin(9 * p[0])), TWO);
    double[] lengths = process.lengths();
    assertTrue(lengths[1] > 4 * lengths[0], Arrays.toString(lengths));
    var worse = new GaussianProcess(x, values(x, p -> Math.sin(9 * p[0])), new double[] {1, 1}, .1);
    assertTrue(process.logMarginalLikelihood() > worse.logMarginalLikelihood());
    double[] where = {0.43, 0.21};
    assertEquals(Math.sin(9 * 0.43), process.predict(where).mean(), 0.03);
  }

  @Test
  void theFitFindsTheNoise() {
    double[][] x = points(60, 4);
    var random = new Random(5);
    double[] y = values(x, p -> wave(p) + 0.2 * random.nextGaussian());
    assertEquals(0.2, GaussianProcess.fit(x, y, TWO).noiseDeviation(), 0.07);
    double[] exact = values(x, GaussianProcessTest::wave);
    assertTrue(GaussianProcess.fit(x, exact, TWO).noiseDeviation() < 0.01);
  }

  @Test
  void equalValuesAreNoTrouble() {
    double[][] x = points(5, 6);
    var process = GaussianProcess.fit(x, values(x, p -> 0.7), TWO);
    assertEquals(0.7, process.predict(new double[] {0.5, 0.5}).mean(), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.5, 0.8", "1, 0.5, 1.5", "0, 2, 3", "0.3, 0.01, 0.32"})
  void theExpectedImprovementIsAnIntegral(double mean, double deviation, double best) {
    var normal = new NormalDistribution(null, mean, deviation);
    double expected =
        new SimpsonIntegrator(1e-9, 1e-12, 5, 60)
            .integrate(
                10_000_000,
                value -> (value - best) * normal.density(value),
                best,
                Math.max(best, mean) + 12 * deviation);
    var prediction = new GaussianProcess.Prediction(mean, deviation);
    assertEquals(expected, prediction.expectedImprovement(best), 1e-7);
  }

  @Test
  void withoutDoubtTheImprovementIsTheDifference() {
    assertEquals(0.5, new GaussianProcess.Prediction(1.5, 0).expectedImprovement(1));
    assertEquals(0, new GaussianProcess.Prediction(0.5, 0).expectedImprovement(1));
    assertEquals(0, new GaussianProcess.Prediction(0, 1e-3).expectedImprovement(1), 1e-300);
  }

  @Test
  void itHasNothingToLearnWhereItBelievesItself() {
    double[][] x = points(10, 7);
    double[] y = values(x, GaussianProcessTest::wave);
    var process = GaussianProcess.fit(x, y, TWO);
    double[] point = {0.97, 0.03};
    var believing = process.believing(y, List.of(point));
    assertEquals(process.predict(point).mean(), believing.predict(point).mean(), 1e-3);
    assertTrue(believing.predict(point).deviation() < process.predict(point).deviation() / 5);
  }
}
