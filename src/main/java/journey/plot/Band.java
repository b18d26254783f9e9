package journey.plot;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import journey.metrics.TrainingHistory;

/**
 * One series of several runs, up to the first epoch at which one of them has no finite figure.
 *
 * @param runs how many there are
 */
record Band(int runs, double[] epochs, double[] lowest, double[] mean, double[] highest) {

  static Band of(List<TrainingHistory> histories, String series) {
    int[] epochs = histories.get(0).epochs();
    List<double[]> runs = histories.stream().map(history -> history.series(series)).toList();
    int end =
        IntStream.range(0, epochs.length)
            .filter(e -> !runs.stream().allMatch(run -> Double.isFinite(run[e])))
            .findFirst()
            .orElse(epochs.length);
    return new Band(
        runs.size(),
        Arrays.stream(epochs, 0, end).asDoubleStream().toArray(),
        each(runs, end, figures -> Arrays.stream(figures).min().orElseThrow()),
        each(runs, end, figures -> Arrays.stream(figures).average().orElseThrow()),
        each(runs, end, figures -> Arrays.stream(figures).max().orElseThrow()));
  }

  private static double[] each(List<double[]> runs, int end, ToDoubleFunction<double[]> statistic) {
    return IntStream.range(0, end)
        .mapToDouble(e -> statistic.applyAsDouble(runs.stream().mapToDouble(r -> r[e]).toArray()))
        .toArray();
  }
}
