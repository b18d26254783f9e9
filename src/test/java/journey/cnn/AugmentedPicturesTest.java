package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import journey.cnn.Augmentation.Border;
import journey.cnn.Augmentation.Flip;
import journey.data.Cifar10;
import journey.data.PictureChanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class AugmentedPicturesTest {

  private static final int COUNT = 75;
  private static final int BATCH = 16;
  private static final int FEATURES = Cifar10.FEATURES;

  private final INDArray pictures = Nd4j.rand(DataType.FLOAT, COUNT, FEATURES).addi(1);
  private final int[] labels = new int[COUNT];

  AugmentedPicturesTest() {
    Arrays.setAll(labels, i -> i % 10);
  }

  private AugmentedPictures augmented(Augmentation augmentation, double smoothing, long seed) {
    Recipe r = TinyCnn.RECIPE;
    var recipe =
        new Recipe(
            1,
            BATCH,
            r.updater(),
            r.weightDecay(),
            r.schedule(),
            smoothing,
            augmentation,
            r.averaging());
    return new AugmentedPictures(pictures, labels, 10, recipe, seed);
  }

  private static List<float[]> rows(AugmentedPictures augmented, int epoch) {
    List<float[]> rows = new ArrayList<>();
    try (var pass = augmented.epoch(epoch)) {
      while (pass.hasNext()) {
        INDArray features = pass.next().getFeatures();
        assertArrayEquals(new long[] {features.size(0), 3, 32, 32}, features.shape());
        INDArray flat = features.reshape(features.size(0), FEATURES);
        for (int i = 0; i < flat.rows(); i++) {
          rows.add(flat.getRow(i).toFloatVector());
        }
      }
    }
    return rows;
  }

  /** Which of the pictures these are: changed ones keep most of their values in the middle. */
  private int numberOf(float[] picture) {
    for (int i = 0; i < COUNT; i++) {
      if (Arrays.equals(picture, pictures.getRow(i).toFloatVector())) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void withoutChangesEveryPictureComesOnceWithItsSmoothedTarget() {
    AugmentedPictures plain = augmented(Augmentation.NONE, 0.2, 5);
    boolean[] seen = new boolean[COUNT];
    List<Integer> sizes = new ArrayList<>();
    try (var pass = plain.epoch(2)) {
      while (pass.hasNext()) {
        DataSet batch = pass.next();
        sizes.add(batch.numExamples());
        INDArray flat = batch.getFeatures().reshape(batch.numExamples(), FEATURES);
        for (int i = 0; i < flat.rows(); i++) {
          int number = numberOf(flat.getRow(i).toFloatVector());
          assertFalse(seen[number]);
          seen[number] = true;
          for (int c = 0; c < 10; c++) {
            double expected = 0.02 + (c == labels[number] ? 0.8 : 0);
            assertEquals(expected, batch.getLabels().getDouble(i, c), 1e-6);
          }
        }
      }
    }
    assertEquals(List.of(16, 16, 16, 16, 11), sizes);
    assertEquals(5, plain.count());
    assertEquals(COUNT, plain.size());
  }

  @Test
  void everythingFollowsFromSeedAndEpoch() {
    var all = new Augmentation(3, Border.ZERO, Flip.RANDOM, 8);
    List<float[]> once = rows(augmented(all, 0, 5), 3);
    assertArrayEquals(once.toArray(), rows(augmented(all, 0, 5), 3).toArray());
    assertFalse(Arrays.deepEquals(once.toArray(), rows(augmented(all, 0, 5), 4).toArray()));
    assertFalse(Arrays.deepEquals(once.toArray(), rows(augmented(all, 0, 6), 3).toArray()));
  }

  @Test
  void alternatingFlipsShowEachPictureInTurnAsItIsAndMirrored() {
    AugmentedPictures alternating =
        augmented(new Augmentation(0, Border.ZERO, Flip.ALTERNATING, 0), 0, 5);
    boolean[][] plain = new boolean[4][COUNT];
    for (int epoch = 0; epoch < 4; epoch++) {
      int count = 0;
      for (float[] picture : rows(alternating, epoch)) {
        int number = numberOf(picture);
        if (number >= 0) {
          plain[epoch][number] = true;
          count++;
        } else {
          PictureChanges.mirror(picture);
          assertTrue(numberOf(picture) >= 0);
        }
      }
      assertTrue(count == COUNT / 2 || count == COUNT - COUNT / 2, "" + count);
    }
    for (int i = 0; i < COUNT; i++) {
      assertTrue(plain[0][i] != plain[1][i]);
    }
    assertArrayEquals(plain[0], plain[2]);
    assertArrayEquals(plain[1], plain[3]);
  }

  @Test
  void randomMovesGoBothWaysAndHalfOfThePicturesAreMirrored() {
    Map<Integer, int[]> changes = new HashMap<>();
    for (int i = 0; i < COUNT; i++) {
      for (int down = -2; down <= 2; down++) {
        for (int right = -2; right <= 2; right++) {
          float[] moved = new float[FEATURES];
          PictureChanges.shift(pictures.getRow(i).toFloatVector(), moved, down, right);
          changes.put(Arrays.hashCode(moved), new int[] {down, right, 0});
          PictureChanges.mirror(moved);
          changes.put(Arrays.hashCode(moved), new int[] {down, -right, 1});
        }
      }
    }
    assertEquals(COUNT * 50, changes.size());
    AugmentedPictures moving = augmented(new Augmentation(2, Border.ZERO, Flip.RANDOM, 0), 0, 5);
    var moves = new HashSet<List<Integer>>();
    int mirrored = 0;
    for (int epoch = 0; epoch < 6; epoch++) {
      for (float[] picture : rows(moving, epoch)) {
        int[] change = changes.get(Arrays.hashCode(picture));
        assertNotNull(change, "moved by more than two pixels, or changed otherwise");
        moves.add(List.of(change[0], change[1]));
        mirrored += change[2];
      }
    }
    assertEquals(25, moves.size());
    assertEquals(0.5, mirrored / (6.0 * COUNT), 0.07);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "32, 0", "0, -1", "0, 33"})
  void movesAndSquaresAreNoLargerThanAPicture(int shift, int cutout) {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Augmentation(shift, Border.ZERO, Flip.NONE, cutout));
    assertTrue(error.getMessage().contains("pixels"), error::getMessage);
  }

  @Test
  void cutoutBlanksOneSquareInAllChannels() {
    for (float[] picture :
        rows(augmented(new Augmentation(0, Border.ZERO, Flip.NONE, 8), 0, 5), 0)) {
      int blank = 0;
      for (int p = 0; p < 1024; p++) {
        assertEquals(picture[p] == 0, picture[p + 1024] == 0);
        assertEquals(picture[p] == 0, picture[p + 2048] == 0);
        blank += picture[p] == 0 ? 1 : 0;
      }
      assertTrue(blank >= 16 && blank <= 64, "" + blank);
    }
  }

  @Test
  void aMoveReflectsTheEdge() {
    float[] before = pictures.getRow(0).toFloatVector();
    float[] after = new float[FEATURES];
    PictureChanges.shiftReflecting(before, after, 2, -1);
    for (int i = 0; i < FEATURES; i++) {
      int line = Math.abs(i / 32 % 32 - 2);
      int column = i % 32 + 1;
      column = column > 31 ? 62 - column : column;
      assertEquals(before[i / 1024 * 1024 + line * 32 + column], after[i]);
    }
  }

  @Test
  void aClosedPassLeavesNoThreadAndAnInterruptLosesNothing() {
    AugmentedPictures augmented = augmented(Augmentation.NONE, 0, 77);
    var pass = augmented.epoch(6);
    Thread.currentThread().interrupt();
    pass.next();
    assertTrue(Thread.interrupted());
    pass.close();
    assertFalse(pass.hasNext());
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(t -> t.getName().equals("pictures of epoch 7")));
    assertEquals(COUNT, rows(augmented, 7).size());
  }

  @Test
  void aLabelForEachPictureIsNeeded() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new AugmentedPictures(pictures, new int[3], 10, TinyCnn.RECIPE, 1))
            .getMessage();
    assertTrue(message.contains("3 labels") && message.contains("75"), message);
  }
}
