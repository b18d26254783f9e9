package journey.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OtsuTest {

  @Test
  void tellsTwoKindsApart() {
    Property.holds(
        random -> {
          int dark = 20 + random.nextInt(60);
          int light = 150 + random.nextInt(80);
          int share = 1 + random.nextInt(9);
          int[] values =
              IntStream.range(0, 1_000)
                  .map(i -> (i % 10 < share ? dark : light) + random.nextInt(21) - 10)
                  .toArray();
          int threshold = Otsu.threshold(values);
          assertTrue(threshold >= dark + 5 && threshold < light - 5, "at " + threshold);
        });
  }

  /** Worked out by hand: 0, 0, 3, 5. Behind 0 the means are 0 and 4, the variance 2 x 2 x 16. */
  @Test
  void theLowerKindEndsWhereTheVarianceBetweenIsLargest() {
    assertEquals(0, Otsu.threshold(new int[] {0, 3, 5, 0}));
  }

  @Test
  void valuesOfOneKindAreNotDivided() {
    assertEquals(0, Otsu.threshold(new int[] {7, 7, 7}));
  }
}
