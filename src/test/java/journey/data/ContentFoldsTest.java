package journey.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContentFoldsTest {

  private static final ImageShape SHAPE = new ImageShape(3, 9);

  @Test
  void everyPictureIsInOneFold() {
    Property.holds(
        random -> {
          LabeledImages images = RandomImages.numbered(2 + random.nextInt(150), 6, random);
          int count = 2 + random.nextInt(Math.min(10, images.size() - 1));
          ContentFolds folds = ContentFolds.of(images, count);
          int[] seen = new int[images.size()];
          for (int i = 0; i < count; i++) {
            LabeledImages validation = folds.validation(i);
            RandomImages.numbers(validation).forEach(n -> seen[n]++);
            assertArrayEquals(RandomImages.numbers(validation).toArray(), folds.positions(i));
            assertEquals(images.size(), validation.size() + folds.train(i).size());
          }
          assertTrue(IntStream.of(seen).allMatch(n -> n == 1), Arrays.toString(seen));
        });
  }

  @Test
  void copiesAreTogetherWhateverTheirClass() {
    Random random = new Random(1);
    LabeledImages images = RandomImages.of(SHAPE, 60, 2, random);
    int[] twice = IntStream.concat(IntStream.range(0, 60), IntStream.range(0, 60)).toArray();
    int[] folds = foldOf(ContentFolds.of(images.subset(twice), 5), 120);
    assertArrayEquals(Arrays.copyOf(folds, 60), Arrays.copyOfRange(folds, 60, 120));
  }

  @Test
  void aPictureStaysInItsFoldWhenOthersAreAdded() {
    LabeledImages images = RandomImages.of(SHAPE, 100, 2, new Random(1));
    int[] ofSome = foldOf(ContentFolds.of(images.first(70), 5), 70);
    assertArrayEquals(ofSome, Arrays.copyOf(foldOf(ContentFolds.of(images, 5), 100), 70));
  }

  @Test
  void theFoldsAreAboutEqual() {
    LabeledImages images = RandomImages.of(SHAPE, 2_000, 2, new Random(1));
    Map<Integer, Integer> sizes = new HashMap<>();
    for (int fold : foldOf(ContentFolds.of(images, 5), 2_000)) {
      sizes.merge(fold, 1, Integer::sum);
    }
    assertTrue(sizes.values().stream().allMatch(n -> n > 320 && n < 480), sizes.toString());
  }

  @Test
  void picturesThatNearlyAgreeAreTogether() {
    LabeledImages images = NearDuplicatesTest.withBrighterCopies(50);
    NearDuplicates near = NearDuplicates.of(images, 2);
    int[] alone = foldOf(ContentFolds.of(images, 5), 100);
    int[] together = foldOf(ContentFolds.of(images, 5, near), 100);
    assertTrue(IntStream.range(0, 50).anyMatch(i -> alone[i] != alone[50 + i]));
    assertArrayEquals(Arrays.copyOf(together, 50), Arrays.copyOfRange(together, 50, 100));
    assertArrayEquals(Arrays.copyOf(alone, 50), Arrays.copyOf(together, 50));
  }

  private static int[] foldOf(ContentFolds folds, int size) {
    int[] found = new int[size];
    for (int i = 0; i < folds.count(); i++) {
      for (int position : folds.positions(i)) {
        found[position] = i;
      }
    }
    return found;
  }

  @Test
  void refusesFoldsThatCannotBe() {
    LabeledImages images = RandomImages.numbered(4, 6, new Random(1));
    for (int count : new int[] {-1, 0, 1, 5}) {
      assertThrows(IllegalArgumentException.class, () -> ContentFolds.of(images, count));
    }
    assertThrows(IndexOutOfBoundsException.class, () -> ContentFolds.of(images, 2).positions(2));
  }
}
