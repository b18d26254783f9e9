package journey.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  @Test
  void agreesWithWilsonOnAShare() {
    int[] oneStratum = new int[1_000];
    boolean[] success = new boolean[1_000];
    Arrays.fill(success, 0, 913, true);
    Interval bootstrap =
        Bootstrap.DEFAULT.interval(
            oneStratum,
            drawn -> Arrays.stream(drawn).filter(i -> success[i]).count() / (double) drawn.length);
    Interval wilson = Interval.wilson(913, 1_000);
    assertEquals(wilson.low(), bootstrap.low(), 0.004);
    assertEquals(wilson.high(), bootstrap.high(), 0.004);
  }

  @Test
  void isTheSameForTheSameSeedOnly() {
    int[] labels = IntStream.range(0, 200).map(i -> i % 2).toArray();
    double[] values = new Random(3).doubles(200).toArray();
    Interval first = mean(new Bootstrap(500, 7), labels, values);
    assertEquals(first, mean(new Bootstrap(500, 7), labels, values));
    assertNotEquals(first, mean(new Bootstrap(500, 8), labels, values));
  }

  @Test
  void drawsTheSameNumbersOnEveryJavaVersion() {
    int[] labels = IntStream.range(0, 10).map(i -> i % 2).toArray();
    double[] values = IntStream.range(0, 10).mapToDouble(i -> i).toArray();
    Interval interval = mean(new Bootstrap(1_000, 1), labels, values);
    // 4.5 -+ 1.96 sqrt(8 / 10) is [2.75, 6.25]; these are the tenths that seed 1 draws.
    assertEquals(2.9, interval.low(), 1e-9);
    assertEquals(6.3, interval.high(), 1e-9);
  }

  @Test
  void drawsAsManyOfEachClassAsThereAre() {
    int[] labels = {2, 0, 0, 2, 2, 0, 2};
    Bootstrap.DEFAULT.interval(
        labels,
        drawn -> {
          assertEquals(3, Arrays.stream(drawn).filter(i -> labels[i] == 0).count());
          assertEquals(4, Arrays.stream(drawn).filter(i -> labels[i] == 2).count());
          return 0;
        });
  }

  @Test
  void leavesOutDrawsWithoutAFigure() {
    int[] labels = new int[20];
    Interval interval = Bootstrap.DEFAULT.interval(labels, drawn -> drawn[0] == 0 ? Double.NaN : 1);
    assertEquals(new Interval(1, 1), interval);
    assertNull(Bootstrap.DEFAULT.interval(labels, drawn -> Double.NaN));
  }

  @Test
  void refusesTooFewResamples() {
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(99, 1));
  }

  /** A notebook waits for as many statistics as there are draws, however many figures they hold. */
  @Test
  void computesTheFiguresOfADrawAtOnce() {
    var calls = new AtomicInteger();
    var intervals =
        new Bootstrap(200, 1)
            .intervals(
                new int[] {0, 0, 1, 1},
                drawn -> {
                  calls.incrementAndGet();
                  return new double[] {drawn[0], drawn[1], drawn[3]};
                });
    assertEquals(3, intervals.size());
    assertEquals(200, calls.get());
  }

  @Test
  void theIntervalOfAGuessContainsOneHalf() {
    var random = new Random(5);
    int[] labels = IntStream.range(0, 5_000).map(i -> i % 10 == 0 ? 0 : 1).toArray();
    var auc = new RocAuc(labels, random.doubles(labels.length).toArray());
    assertTrue(Bootstrap.DEFAULT.interval(labels, auc).contains(0.5));
  }

  private static Interval mean(Bootstrap bootstrap, int[] labels, double[] values) {
    return bootstrap.interval(
        labels, drawn -> Arrays.stream(drawn).mapToDouble(i -> values[i]).average().orElseThrow());
  }
}
