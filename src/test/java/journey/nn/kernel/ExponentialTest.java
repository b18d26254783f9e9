package journey.nn.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExponentialTest {

  /** Every number of a fine grid over the whole range. */
  @Test
  void isExactToTwoUnitsInTheLastPlace() {
    int size = 1_000;
    Exponential exponential = new Exponential(size);
    for (float start = -87; start < 87; start += 0.1f) {
      float[] x = new float[size];
      for (int i = 0; i < size; i++) {
        x[i] = Math.min(start + i * 1e-4f, 87);
      }
      float[] y = x.clone();
      exponential.apply(y, size);
      for (int i = 0; i < size; i++) {
        double expected = Math.exp(x[i]);
        double error = Math.abs(y[i] - expected) / expected;
        double at = x[i];
        assertTrue(error < 2e-7, () -> at + " has the relative error " + error);
      }
    }
  }

  @Test
  void staysInItsRangeAndPassesOnWhatIsNotANumber() {
    float[] x = {-1e30f, Float.NEGATIVE_INFINITY, 1e30f, Float.POSITIVE_INFINITY, Float.NaN, 0, 7};
    new Exponential(10).apply(x, 6);
    assertEquals(Math.exp(-87), x[0], 1e-44);
    assertEquals(Math.exp(-87), x[1], 1e-44);
    assertEquals(Math.exp(87), x[2], 1e32);
    assertEquals(Math.exp(87), x[3], 1e32);
    assertTrue(Float.isNaN(x[4]));
    assertEquals(1, x[5]);
    assertEquals(7, x[6]);
  }
}
