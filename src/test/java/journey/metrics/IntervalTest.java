package journey.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {

  /** Table I, method 3, of R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void wilsonAgreesWithPublishedValues(int successes, int count, double low, double high) {
    Interval interval = Interval.wilson(successes, count);
    assertEquals(low, interval.low(), 5e-5);
    assertEquals(high, interval.high(), 5e-5);
  }

  @Test
  void wilsonIsSymmetricAndHoldsTheProportion() {
    for (int count = 1; count < 60; count++) {
      for (int successes = 0; successes <= count; successes++) {
        Interval interval = Interval.wilson(successes, count);
        Interval mirrored = Interval.wilson(count - successes, count);
        assertEquals(1 - interval.high(), mirrored.low(), 1e-12);
        assertTrue(holds(interval, (double) successes / count), successes + " of " + count);
        assertTrue(interval.low() >= 0 && interval.high() <= 1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 5", "6, 5", "0, -1"})
  void wilsonRefusesWhatIsNoProportion(int successes, int count) {
    assertThrows(IllegalArgumentException.class, () -> Interval.wilson(successes, count));
  }

  @Test
  void refusesEndsInTheWrongOrder() {
    assertThrows(IllegalArgumentException.class, () -> new Interval(0.6, 0.5));
    assertThrows(IllegalArgumentException.class, () -> new Interval(Double.NaN, 0.5));
  }

  @Test
  void readsAsValueWithInterval() {
    assertEquals("0.9130 [0.8939, 0.9289]", Estimate.proportion(913, 1_000).toString());
  }

  @Test
  void aShareOfNothingIsUndefined() {
    Estimate share = Estimate.proportion(0, 0);
    assertFalse(share.isDefined());
    assertEquals("–", share.toString());
    assertThrows(IllegalArgumentException.class, () -> Estimate.proportion(1, 0));
  }

  @Test
  void withoutAnIntervalOnlyTheValueIsRead() {
    assertEquals("0.5000", new Estimate(0.5, 10, null).toString());
  }

  static boolean holds(Interval interval, double value) {
    return interval.low() <= value && value <= interval.high();
  }
}
