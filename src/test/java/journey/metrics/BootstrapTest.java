package journey.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  @Test
  void agreesWithWilsonOnAShare() {
    int[] oneStratum = new int[1_000];
    Interval bootstrap =
        interval(oneStratum, drawn -> Arrays.stream(drawn).filter(i -> i < 913).count() / 1_000.0);
    Interval wilson = Interval.wilson(913, 1_000);
    assertEquals(wilson.low(), bootstrap.low(), 0.004);
    assertEquals(wilson.high(), bootstrap.high(), 0.004);
  }

  @Test
  void drawsTheSameNumbersOnEveryJavaVersion() {
    int[] labels = IntStream.range(0, 10).map(i -> i % 2).toArray();
    Interval interval = interval(labels, drawn -> Arrays.stream(drawn).average().orElseThrow());
    // 4.5 -+ 1.96 sqrt(8 / 10) is [2.75, 6.25]; these are the tenths that seed 1 draws.
    assertEquals(2.9, interval.low(), 1e-9);
    assertEquals(6.3, interval.high(), 1e-9);
  }

  @Test
  void drawsAsManyOfEachClassAsThereAre() {
    int[] labels = {2, 0, 0, 2, 2, 0, 2};
    interval(
        labels,
        drawn -> {
          assertEquals(3, Arrays.stream(drawn).filter(i -> labels[i] == 0).count());
          assertEquals(4, Arrays.stream(drawn).filter(i -> labels[i] == 2).count());
          return 0;
        });
  }

  @Test
  void leavesOutDrawsWithoutAValue() {
    int[] labels = new int[20];
    assertEquals(new Interval(1, 1), interval(labels, drawn -> drawn[0] == 0 ? Double.NaN : 1));
    assertNull(interval(labels, drawn -> Double.NaN));
  }

  @Test
  void refusesNoExamples() {
    assertThrows(IllegalArgumentException.class, () -> interval(new int[0], drawn -> 0));
  }

  private static Interval interval(int[] labels, ToDoubleFunction<int[]> statistic) {
    return Bootstrap.intervals(labels, drawn -> new double[] {statistic.applyAsDouble(drawn)})
        .get(0);
  }
}
