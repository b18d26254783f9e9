package journey.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DigitStandInTest {

  @Test
  void everyTenShowTheTenDigitsInRandomOrder() {
    LabeledImages digits = DigitStandIn.generate(205, 1);
    assertEquals(205, digits.size());
    for (int block = 0; block < 20; block++) {
      int[] labels = digits.subset(IntStream.range(10 * block, 10 * block + 10).toArray()).labels();
      assertArrayEquals(IntStream.range(0, 10).toArray(), IntStream.of(labels).sorted().toArray());
    }
    assertTrue(IntStream.range(0, 10).anyMatch(i -> digits.label(i) != digits.label(10 + i)));
  }

  @Test
  void theSeedDecidesAndNothingElse() {
    LabeledImages many = DigitStandIn.generate(60, 42);
    assertEquals(many.sha256(), DigitStandIn.generate(60, 42).sha256());
    assertNotEquals(many.sha256(), DigitStandIn.generate(60, 43).sha256());
    assertEquals(many.first(17).sha256(), DigitStandIn.generate(17, 42).sha256());
  }

  @Test
  void theyLieInTheMiddleOnBlackAsMnistsDo() {
    LabeledImages digits = DigitStandIn.generate(300, 3);
    for (int i = 0; i < digits.size(); i++) {
      int edge = 0;
      int ink = 0;
      for (int p = 0; p < 784; p++) {
        boolean isEdge = p % 28 == 0 || p % 28 == 27 || p < 28 || p >= 27 * 28;
        edge += isEdge ? digits.value(i, p) : 0;
        ink += digits.value(i, p) > 127 ? 1 : 0;
      }
      assertEquals(0, edge, "picture " + i);
      assertTrue(ink > 20 && ink < 250, "picture %d has %d pixels of ink".formatted(i, ink));
    }
  }

  /** The picture nearest in brightness, among a thousand others, mostly shows the same digit. */
  @Test
  void aDigitLooksLikeOthersOfItsKind() {
    LabeledImages known = DigitStandIn.generate(1_000, 1);
    LabeledImages asked = DigitStandIn.generate(100, 2);
    long right =
        IntStream.range(0, asked.size())
            .filter(i -> known.label(nearest(known, asked, i)) == asked.label(i))
            .count();
    assertTrue(right > 85, right + " of 100");
  }

  private static int nearest(LabeledImages known, LabeledImages asked, int i) {
    int nearest = 0;
    long least = Long.MAX_VALUE;
    for (int k = 0; k < known.size(); k++) {
      long distance = 0;
      for (int p = 0; p < 784; p++) {
        long apart = known.value(k, p) - asked.value(i, p);
        distance += apart * apart;
      }
      nearest = distance < least ? k : nearest;
      least = Math.min(least, distance);
    }
    return nearest;
  }

  @Test
  void refusesANegativeNumber() {
    assertThrows(IllegalArgumentException.class, () -> DigitStandIn.generate(-1, 1));
    assertEquals(0, DigitStandIn.generate(0, 1).size());
  }
}
