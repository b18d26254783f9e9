package journey.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThresholdSweepTest {

  @Test
  void goesFromAllClass0ToAllClass1() {
    List<ThresholdSweep.Point> points =
        sweep(new int[] {0, 1, 0, 1, 1}, new double[] {.2, .4, .4, .8, 1}).points();
    assertArrayEquals(
        new int[][][] {
          {{2, 0}, {3, 0}}, {{2, 0}, {2, 1}}, {{2, 0}, {1, 2}}, {{1, 1}, {0, 3}}, {{0, 2}, {0, 3}}
        },
        points.stream().map(point -> point.confusion().counts()).toArray(int[][][]::new));
  }

  @Test
  void everyPointIsWhatItsThresholdDoes() {
    var random = new Random(6);
    int[] labels = random.ints(200, 0, 2).toArray();
    // Few distinct values, the ends of [0, 1] and neighbouring doubles among them.
    double[] values = {0, .1, Math.nextUp(.1), .5, 1 - 0x1p-53, 1};
    double[] probabilities =
        IntStream.range(0, 200).mapToDouble(i -> values[random.nextInt(values.length)]).toArray();
    ThresholdSweep sweep = sweep(labels, probabilities);
    assertEquals(values.length + 1, sweep.points().size());
    for (ThresholdSweep.Point point : sweep.points()) {
      assertArrayEquals(
          sweep.at(point.threshold()).confusion().counts(), point.confusion().counts());
    }
  }

  @Test
  void bestIsAtLeastAsGoodAsAnyThreshold() {
    var random = new Random(8);
    int[] labels = IntStream.range(0, 300).map(i -> i % 10 == 0 ? 0 : 1).toArray();
    double[] probabilities =
        IntStream.range(0, 300)
            .mapToDouble(i -> (1 + labels[i] + 2 * random.nextDouble()) / 4)
            .toArray();
    ThresholdSweep sweep = sweep(labels, probabilities);
    ThresholdSweep.Point best = sweep.bestBalancedAccuracy();
    assertTrue(best.balancedAccuracy() > 0.6);
    for (double threshold = 0; threshold <= 1; threshold += 0.001) {
      assertTrue(sweep.at(threshold).balancedAccuracy() <= best.balancedAccuracy());
    }
  }

  @Test
  void ofEquallyGoodThresholdsTheOneNearestOneHalfWins() {
    ThresholdSweep sweep =
        sweep(new int[] {0, 1, 0, 1, 0, 1}, new double[] {.1, .3, .4, .5, .9, .95});
    // .2, .45 and .925 all have a balanced accuracy of 2/3.
    assertEquals(2 / 3.0, sweep.at(.2).balancedAccuracy(), 1e-12);
    assertEquals(2 / 3.0, sweep.at(.925).balancedAccuracy(), 1e-12);
    assertEquals(.45, sweep.bestBalancedAccuracy().threshold(), 1e-12);
  }

  @Test
  void withoutOneOfTheClassesThereIsNoBest() {
    ThresholdSweep sweep = sweep(new int[] {1, 1}, new double[] {.5, .6});
    var error = assertThrows(IllegalStateException.class, sweep::bestBalancedAccuracy);
    assertTrue(error.getMessage().contains("class 0, \"airplane\""), error.getMessage());
  }

  private static ThresholdSweep sweep(int[] labels, double[] probabilities) {
    return BinaryReportTest.predictions(labels, probabilities).sweep();
  }
}
