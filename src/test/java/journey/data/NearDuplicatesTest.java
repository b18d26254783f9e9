package journey.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {

  private static final ImageShape SHAPE = new ImageShape(3, 32);

  /** Soft pictures, and after them a copy of each that is brighter, with some noise. */
  static LabeledImages withBrighterCopies(int count) {
    var random = new Random(3);
    byte[] pixels = new byte[2 * count * SHAPE.features()];
    for (int i = 0; i < count; i++) {
      double[] waves = random.doubles(4, 0.05, 0.6).toArray();
      for (int f = 0; f < SHAPE.features(); f++) {
        int x = f % 32;
        int y = f / 32 % 32;
        double value =
            100
                + 40 * Math.sin(waves[0] * x + 9 * waves[2] * y + i)
                + 30 * Math.cos(waves[1] * y - waves[3] * x);
        pixels[i * SHAPE.features() + f] = (byte) value;
        pixels[(count + i) * SHAPE.features() + f] = (byte) (value + 20 + random.nextInt(3));
      }
    }
    return new LabeledImages(SHAPE, pixels, new int[2 * count], List.of("wave"));
  }

  @Test
  void findsCopiesThatAreALittleDifferent() {
    NearDuplicates found = NearDuplicates.of(withBrighterCopies(40), 4);
    for (int i = 0; i < 40; i++) {
      assertEquals(i, found.first(i));
      assertEquals(i, found.first(40 + i));
    }
    assertEquals(40, found.groups().size());
    assertEquals(List.of(0, 40), found.groups().get(0));
  }

  @Test
  void unrelatedPicturesAreNone() {
    NearDuplicates found = NearDuplicates.of(RandomImages.of(SHAPE, 200, 2, new Random(1)), 10);
    assertEquals(List.of(), found.groups());
  }

  @Test
  void copiesAreAlsoNearAndAreOneGroup() {
    LabeledImages images = RandomImages.of(SHAPE, 5, 2, new Random(1));
    NearDuplicates found = NearDuplicates.of(images.subset(new int[] {2, 0, 2, 1, 2}), 0);
    assertEquals(List.of(List.of(0, 2, 4)), found.groups());
    assertEquals(1, found.first(1));
  }

  /** From left to right it gets brighter in all rows, or in none. */
  @Test
  void theHashTellsWhereItGetsBrighter() {
    for (int channels : new int[] {1, 3}) {
      var shape = new ImageShape(channels, 20);
      byte[] pixels = new byte[2 * shape.features()];
      for (int f = 0; f < shape.features(); f++) {
        pixels[f] = (byte) (f % 20);
        pixels[shape.features() + f] = (byte) (20 - f % 20);
      }
      var images = new LabeledImages(shape, pixels, new int[2], List.of("ramp"));
      assertEquals(-1L, NearDuplicates.hash(images, 0));
      assertEquals(0L, NearDuplicates.hash(images, 1));
    }
  }

  @Test
  void whoIsNearToOneOfAGroupBelongsToIt() {
    int[] greys = IntStream.range(0, 9).map(x -> 20 * x).toArray();
    LabeledImages images = columns(greys, swapped(greys, 1), swapped(swapped(greys, 1), 4));
    assertEquals(List.of(List.of(0, 1, 2)), NearDuplicates.of(images, 8).groups());
    assertEquals(List.of(), NearDuplicates.of(images, 7).groups());
  }

  private static int[] swapped(int[] greys, int x) {
    int[] result = greys.clone();
    result[x] = greys[x + 1];
    result[x + 1] = greys[x];
    return result;
  }

  /** Pictures of 9 x 9, each column of one grey. */
  private static LabeledImages columns(int[]... pictures) {
    var shape = new ImageShape(1, 9);
    byte[] pixels = new byte[pictures.length * shape.features()];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = (byte) pictures[p / shape.features()][p % 9];
    }
    return new LabeledImages(shape, pixels, new int[pictures.length], List.of("stripes"));
  }

  @Test
  void refusesWhatCannotBe() {
    LabeledImages images = RandomImages.of(SHAPE, 3, 2, new Random(1));
    for (int bits : new int[] {-1, 65}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> NearDuplicates.of(images, bits))
              .getMessage();
      assertTrue(message.contains("but " + bits + " were asked for"), message);
    }
    LabeledImages small = RandomImages.of(new ImageShape(1, 8), 3, 2, new Random(1));
    assertThrows(IllegalArgumentException.class, () -> NearDuplicates.of(small, 1));
  }
}
