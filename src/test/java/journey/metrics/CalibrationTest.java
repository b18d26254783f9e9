package journey.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class CalibrationTest {

  @Test
  void binsHoldWhatIsAboveTheirLowEnd() {
    var bins =
        Calibration.of(
                new double[] {0, .25, .5, .75, 1}, new boolean[] {true, false, true, true, true}, 2)
            .bins();
    assertEquals(3, bins.get(0).count());
    assertEquals(.25, bins.get(0).confidence());
    assertEquals(Estimate.proportion(2, 3), bins.get(0).accuracy());
    assertEquals(2, bins.get(1).count());
    assertEquals(.875, bins.get(1).confidence());
  }

  @Test
  void theErrorIsTheMeanDistance() {
    var calibration =
        Calibration.of(new double[] {.9, .9, .9, .6}, new boolean[] {true, true, false, true}, 10);
    // Three answers .9 - 2/3 apart, one 1 - .6.
    assertEquals((3 * (.9 - 2 / 3.0) + .4) / 4, calibration.expectedCalibrationError(), 1e-12);
    assertEquals(4, calibration.count());
    assertFalse(calibration.bins().get(0).accuracy().isDefined());
  }

  @Test
  void whoIsRightAsOftenAsSaidIsCalibrated() {
    var random = new Random(6);
    double[] confidences = random.doubles(50_000).toArray();
    boolean[] honest = new boolean[confidences.length];
    boolean[] boasting = new boolean[confidences.length];
    for (int i = 0; i < honest.length; i++) {
      honest[i] = random.nextDouble() < confidences[i];
      boasting[i] = random.nextDouble() < confidences[i] - .2;
    }
    assertEquals(0, Calibration.of(confidences, honest, 10).expectedCalibrationError(), .01);
    // Where less than 0.2 was said, no less than 0 can be right: 0.2 minus the mean of that.
    assertEquals(.18, Calibration.of(confidences, boasting, 10).expectedCalibrationError(), .01);
  }

  @Test
  void takesTheAnswersOfAClassifier() {
    var calibration =
        MultiClassPredictions.of(
                new int[] {0, 1},
                Nd4j.createFromArray(new double[][] {{.7, .3}, {.6, .4}}),
                List.of("a", "b"))
            .calibration(10);
    assertEquals(Estimate.proportion(1, 1), calibration.bins().get(6).accuracy());
    assertEquals(Estimate.proportion(0, 1), calibration.bins().get(5).accuracy());
  }

  @Test
  void refusesWhatIsNoProbability() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Calibration.of(new double[] {.5, Double.NaN}, new boolean[2], 10));
    assertTrue(error.getMessage().contains("probability 1 is NaN"), error.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> Calibration.of(new double[] {.5}, new boolean[] {true}, 0));
    assertThrows(
        IllegalArgumentException.class, () -> Calibration.of(new double[1], new boolean[2], 5));
  }
}
