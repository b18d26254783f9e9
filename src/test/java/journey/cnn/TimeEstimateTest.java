package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeEstimateTest {

  @Test
  void itIsToldOnceAfterTwoSecondsOfStepsButTheFirst() {
    var estimate = new TimeEstimate(200);
    assertEquals(Optional.empty(), estimate.after(50));
    assertEquals(Optional.empty(), estimate.after(1));
    assertEquals(Optional.empty(), estimate.after(0.9));
    assertEquals(Optional.of("The training takes about 3 min."), estimate.after(1.1));
    assertEquals(Optional.empty(), estimate.after(1));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 20 s",
    "44, 88 s",
    "45, 2 min",
    "1790, 1 h 0 min",
    "1785, 1 h 0 min",
    "3000, 1 h 40 min"
  })
  void itIsInTheUnitsThatOneThinksIn(int stepsLeft, String time) {
    var estimate = new TimeEstimate(stepsLeft);
    estimate.after(0);
    assertEquals("The training takes about " + time + ".", estimate.after(2).orElseThrow());
  }
}
