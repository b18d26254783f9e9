package journey.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearningRateScheduleTest {

  @Test
  void constantStays() {
    LearningRateSchedule schedule = LearningRateSchedule.constant(0.3);
    assertEquals(0.3, schedule.at(0));
    assertEquals(0.3, schedule.at(0.7));
  }

  @Test
  void cosineFallsToZero() {
    LearningRateSchedule schedule = LearningRateSchedule.cosine(0.8);
    assertEquals(0.8, schedule.at(0), 1e-12);
    assertEquals(0.8 * (2 + Math.sqrt(2)) / 4, schedule.at(0.25), 1e-12);
    assertEquals(0.4, schedule.at(0.5), 1e-12);
    assertEquals(0, schedule.at(1), 1e-12);
  }

  @Test
  void oneCycleClimbsThenFalls() {
    LearningRateSchedule schedule = LearningRateSchedule.oneCycle(0.5, 0.2);
    assertEquals(0.02, schedule.at(0), 1e-12);
    assertEquals(0.26, schedule.at(0.1), 1e-12);
    assertEquals(0.5, schedule.at(0.2), 1e-12);
    assertEquals(0.25, schedule.at(0.6), 1e-12);
    assertEquals(0, schedule.at(1), 1e-12);
    for (int i = 1; i < 1000; i++) {
      double difference = schedule.at(i / 1000.0) - schedule.at((i - 1) / 1000.0);
      assertTrue(i <= 200 ? difference > 0 : difference < 0, "at step " + i);
      assertTrue(Math.abs(difference) < 0.003, "a jump at step " + i);
    }
  }

  @Test
  void oneCycleMayStartAtItsPeak() {
    assertEquals(0.5, LearningRateSchedule.oneCycle(0.5, 0).at(0), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {-1, -1e-300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesRatesThatNoStepCanBeMadeWith(double rate) {
    for (Executable attempt :
        new Executable[] {
          () -> LearningRateSchedule.valid(rate),
          () -> LearningRateSchedule.constant(rate),
          () -> LearningRateSchedule.cosine(rate),
          () -> LearningRateSchedule.oneCycle(rate, 0.2)
        }) {
      var error = assertThrows(IllegalArgumentException.class, attempt);
      assertTrue(error.getMessage().contains("" + rate), error::getMessage);
    }
    assertEquals(0, LearningRateSchedule.constant(0).at(0.5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void refusesAWarmUpWithoutEnd(double warmUp) {
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> LearningRateSchedule.oneCycle(1, warmUp));
    assertTrue(error.getMessage().contains("" + warmUp), error::getMessage);
  }
}
