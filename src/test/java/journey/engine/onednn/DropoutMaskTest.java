package journey.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutMaskTest {

  private static final int COUNT = 20_000;

  @Test
  void keepsTheRightShareAndTheMean() {
    float[] mask = new DropoutMask(0.8, 1).mask(42, COUNT);
    int kept = 0;
    for (float factor : mask) {
      assertEquals(factor == 0 ? 0 : 1.25f, factor);
      kept += factor == 0 ? 0 : 1;
    }
    assertEquals(0.8 * COUNT, kept, 5 * Math.sqrt(0.8 * 0.2 * COUNT));
  }

  @Test
  void masksFollowFromTheStepAndTheLayerAlone() {
    float[] mask = new DropoutMask(0.5, 1).mask(42, COUNT);
    assertArrayEquals(mask, new DropoutMask(0.5, 1).mask(42, COUNT));
    assertFalse(Arrays.equals(mask, new DropoutMask(0.5, 2).mask(42, COUNT)));
    assertFalse(Arrays.equals(mask, new DropoutMask(0.5, 1).mask(43, COUNT)));
  }

  @Test
  void masksOfTwoLayersHaveNothingToDoWithEachOther() {
    float[] one = new DropoutMask(0.5, 1).mask(42, COUNT);
    float[] other = new DropoutMask(0.5, 2).mask(42, COUNT);
    for (int shift = -2; shift <= 2; shift++) {
      int alike = 0;
      for (int i = 2; i < COUNT - 2; i++) {
        alike += one[i] == other[i + shift] ? 1 : 0;
      }
      assertEquals(0.5 * COUNT, alike, 5 * Math.sqrt(0.25 * COUNT));
    }
  }
}
