package journey.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingHistoryTest {

  private final TrainingHistory history =
      new TrainingHistory()
          .add(1, 0.9, 0.95, 0.5, 0.4)
          .add(2, 0.5, 0.60, 0.8, 0.7)
          .add(3, 0.4, 0.60, 0.9, 0.7);

  @Test
  void knowsLastAndBest() {
    assertEquals(0.4, history.last(TrainingHistory.TRAIN_LOSS));
    assertEquals(2, history.epochOfHighest(TrainingHistory.VALIDATION_ACCURACY));
    assertEquals(0.9, history.highest(TrainingHistory.TRAIN_ACCURACY));
  }

  @Test
  void theLearningRateIsASeriesBesideTheOthers() {
    var some = new TrainingHistory().add(1, 0.9, 0.95, 0.5, 0.4, 0.01);
    assertEquals(
        List.of(
            "train loss",
            "validation loss",
            "train accuracy",
            "validation accuracy",
            "learning rate"),
        some.names());
    assertEquals(0.01, some.last(TrainingHistory.LEARNING_RATE));
  }

  @Test
  void aValueThatWasNotMeasuredIsNaN() {
    var some =
        new TrainingHistory()
            .add(0, Map.of("train loss", 1.0))
            .add(5, Map.of("validation loss", 2.0))
            .add(6, Map.of("train loss", Double.NaN, "validation loss", 1.5));
    assertArrayEquals(new double[] {1, Double.NaN, Double.NaN}, some.series("train loss"));
    assertArrayEquals(new double[] {Double.NaN, 2, 1.5}, some.series("validation loss"));
    assertArrayEquals(new int[] {0, 5, 6}, some.epochs());
    assertEquals(0, some.epochOfHighest("train loss"));
  }

  @Test
  void epochsMustRise() {
    var error =
        assertThrows(IllegalArgumentException.class, () -> history.add(3, Map.of("loss", 1.0)));
    assertTrue(error.getMessage().contains("3 was added after 3"), error.getMessage());
    assertEquals(3, history.size());
  }

  @Test
  void namesTheSeriesThereAre() {
    var error = assertThrows(IllegalArgumentException.class, () -> history.last("loss"));
    assertTrue(error.getMessage().contains("train loss, validation loss"), error.getMessage());
  }

  @Test
  void aSeriesOfNaNHasNoBest() {
    var diverged = new TrainingHistory().add(1, Map.of("train loss", Double.NaN));
    var error =
        assertThrows(IllegalArgumentException.class, () -> diverged.epochOfHighest("train loss"));
    assertTrue(error.getMessage().contains("train loss"), error.getMessage());
  }
}
