package journey.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedSplitTest {

  @Test
  void anySplitPartsThePicturesAndKeepsTheSharesOfTheClasses() {
    Property.holds(
        random -> {
          LabeledImages images = RandomImages.numbered(2 + random.nextInt(200), 6, random);
          int wanted = 1 + random.nextInt(images.size() - 1);
          StratifiedSplit split = StratifiedSplit.of(images, wanted, random.nextLong());

          assertEquals(wanted, split.validation().size());
          assertEquals(images.size() - wanted, split.train().size());
          IntStream train = RandomImages.numbers(split.train());
          IntStream validation = RandomImages.numbers(split.validation());
          assertArrayEquals(
              SeededRandom.inOrder(images.size()),
              IntStream.concat(train, validation).sorted().toArray());
          assertShares(images, wanted, split.validation().countPerClass());
        });
  }

  private static void assertShares(LabeledImages images, int wanted, int[] found) {
    int[] counts = images.countPerClass();
    for (int c = 0; c < counts.length; c++) {
      double share = (double) counts[c] * wanted / images.size();
      assertTrue(
          Math.abs(found[c] - share) < 1,
          "class %d: %d instead of %.2f".formatted(c, found[c], share));
    }
  }

  @Test
  void remaindersGoToTheLargestFirst() {
    int[] labels = new int[10];
    Arrays.fill(labels, 3, 7, 1);
    Arrays.fill(labels, 7, 10, 2);
    var images =
        new LabeledImages(Cifar10.SHAPE, new byte[10 * 3072], labels, RandomImages.names(3));

    // Shares of 4: 1.2, 1.6, 1.2. Shares of 5: 1.5, 2.0, 1.5, of which the tie goes to class 0.
    assertArrayEquals(
        new int[] {1, 2, 1}, StratifiedSplit.of(images, 4, 1).validation().countPerClass());
    assertArrayEquals(
        new int[] {2, 2, 1}, StratifiedSplit.of(images, 5, 1).validation().countPerClass());
  }

  @Test
  void theSeedDecidesWhichPicturesGoWhere() {
    LabeledImages images = RandomImages.numbered(250, 3, new Random(5));

    assertArrayEquals(validation(images, 11), validation(images, 11));
    assertFalse(Arrays.equals(validation(images, 11), validation(images, 12)));
  }

  private static int[] validation(LabeledImages images, long seed) {
    return RandomImages.numbers(StratifiedSplit.of(images, 50, seed).validation()).toArray();
  }

  @Test
  void refusesToLeaveAPartEmpty() {
    LabeledImages images = RandomImages.numbered(20, 3, new Random(6));

    for (int size : new int[] {-1, 0, 20, 21}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> StratifiedSplit.of(images, size, 1))
              .getMessage();
      assertTrue(message.contains(size + " out of 20"), message);
    }
  }
}
