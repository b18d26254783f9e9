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

class StratifiedFoldsTest {

  @Test
  void everyPictureIsInOneFoldAndEveryClassIsSpreadEvenly() {
    Property.holds(
        random -> {
          LabeledImages images = RandomImages.numbered(2 + random.nextInt(150), 6, random);
          int count = 2 + random.nextInt(Math.min(10, images.size() - 1));
          StratifiedFolds folds = StratifiedFolds.of(images, count, random.nextLong());

          assertEquals(count, folds.count());
          int[] seen = new int[images.size()];
          for (int i = 0; i < count; i++) {
            LabeledImages validation = folds.validation(i);
            RandomImages.numbers(validation).forEach(n -> seen[n]++);
            assertSpread(images.size(), count, validation.size());
            for (int c = 0; c < 6; c++) {
              assertSpread(images.countPerClass()[c], count, validation.countPerClass()[c]);
            }
            int[] both =
                IntStream.concat(
                        RandomImages.numbers(validation), RandomImages.numbers(folds.train(i)))
                    .sorted()
                    .toArray();
            assertArrayEquals(RandomImages.numbers(images).toArray(), both);
          }
          assertTrue(IntStream.of(seen).allMatch(n -> n == 1), Arrays.toString(seen));
        });
  }

  private static void assertSpread(int all, int folds, int found) {
    assertTrue(
        found == all / folds || found == (all + folds - 1) / folds,
        "%d of %d in one of %d folds".formatted(found, all, folds));
  }

  @Test
  void theSeedDecides() {
    int[] labels = new int[50];
    int[] first = StratifiedFolds.assign(labels, 5, 1);
    assertArrayEquals(first, StratifiedFolds.assign(labels, 5, 1));
    assertFalse(Arrays.equals(first, StratifiedFolds.assign(labels, 5, 2)));
  }

  @Test
  void refusesFoldsThatCannotBe() {
    LabeledImages images = RandomImages.numbered(4, 6, new Random(1));
    for (int count : new int[] {-1, 0, 1, 5}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> StratifiedFolds.of(images, count, 1))
              .getMessage();
      assertTrue(message.contains(count + " folds of 4 examples"), message);
    }
    StratifiedFolds folds = StratifiedFolds.of(images, 2, 1);
    assertThrows(IndexOutOfBoundsException.class, () -> folds.validation(2));
    assertThrows(IndexOutOfBoundsException.class, () -> folds.train(-1));
  }
}
