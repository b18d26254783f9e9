package journey.data;

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
import java.util.Set;
import java.util.stream.Stream;
import journey.data.Augmentation.Border;
import journey.data.Augmentation.Flip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class AugmentedBatchesTest {

  private static final int COUNT = 75;

  /** What was done to a picture. */
  private record Done(int number, int down, int right, boolean mirrored) {}

  /** No value occurs twice, and none is 0. The targets are the pictures' numbers. */
  private static MiniBatches numbered(ImageShape shape, int batchSize) {
    int length = COUNT * shape.features();
    INDArray values = Nd4j.createFromArray(values(length)).reshape(COUNT, shape.features());
    INDArray numbers = Nd4j.arange(COUNT).castTo(DataType.FLOAT).reshape(COUNT, 1);
    return new MiniBatches(values, numbers, batchSize, 4);
  }

  private static float[] values(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = i + 1;
    }
    return values;
  }

  /**
   * By the definition: each place shows the value that stood {@code down} lines above and so on.
   */
  private static float[] changed(ImageShape shape, Border border, Done done) {
    int side = shape.side();
    float[] picture = new float[shape.features()];
    for (int i = 0; i < picture.length; i++) {
      int line = i / side % side - done.down();
      int column = i % side - done.right();
      if (border == Border.REFLECT) {
        line = reflected(line, side);
        column = reflected(column, side);
      }
      if (line >= 0 && line < side && column >= 0 && column < side) {
        int from = i / shape.pixels() * shape.pixels() + line * side;
        from += done.mirrored() ? side - 1 - column : column;
        picture[i] = done.number() * shape.features() + from + 1;
      }
    }
    return picture;
  }

  private static int reflected(int place, int side) {
    return place < 0 ? -place : place >= side ? 2 * (side - 1) - place : place;
  }

  private static List<float[]> pictures(MiniBatches batches, int epoch) {
    List<float[]> pictures = new ArrayList<>();
    for (DataSet batch : batches.epoch(epoch)) {
      for (int row = 0; row < batch.numExamples(); row++) {
        pictures.add(batch.getFeatures().slice(row).ravel().toFloatVector());
      }
    }
    return pictures;
  }

  @ParameterizedTest
  @CsvSource({"1, 4, ZERO", "1, 7, REFLECT", "3, 5, ZERO", "3, 6, REFLECT", "3, 32, REFLECT"})
  void eachPictureIsMirroredOrNotAndMovedAndAllMovesOccur(int channels, int side, Border border) {
    var shape = new ImageShape(channels, side);
    Map<List<Float>, Done> possible = new HashMap<>();
    for (int i = 0; i < COUNT * 50; i++) {
      var done = new Done(i / 50, i / 10 % 5 - 2, i / 2 % 5 - 2, i % 2 == 0);
      possible.put(asList(changed(shape, border, done)), done);
    }
    MiniBatches batches =
        numbered(shape, 16).augmented(new Augmentation(2, border, Flip.RANDOM, 0), 5);
    Set<List<Integer>> moves = new HashSet<>();
    int mirrored = 0;
    for (int epoch = 1; epoch <= 6; epoch++) {
      Set<Integer> seen = new HashSet<>();
      for (DataSet batch : batches.epoch(epoch)) {
        for (int row = 0; row < batch.numExamples(); row++) {
          Done done = possible.get(asList(batch.getFeatures().getRow(row).toFloatVector()));
          assertNotNull(done, "moved by more than two pixels, or changed in another way");
          assertEquals(batch.getLabels().getInt(row, 0), done.number());
          seen.add(done.number());
          moves.add(List.of(done.down(), done.right()));
          mirrored += done.mirrored() ? 1 : 0;
        }
      }
      assertEquals(COUNT, seen.size());
    }
    assertEquals(25, moves.size(), moves::toString);
    assertEquals(0.5, mirrored / (6.0 * COUNT), 0.1);
  }

  private static List<Float> asList(float[] values) {
    List<Float> list = new ArrayList<>(values.length);
    for (float value : values) {
      list.add(value);
    }
    return list;
  }

  @Test
  void mirroredAndShiftedAreAugmentationsOneAfterTheOther() {
    var shape = new ImageShape(3, 8);
    MiniBatches chain = numbered(shape, 16).mirrored(1).shifted(3, 2);
    List<float[]> mirrored = pictures(numbered(shape, 16).mirrored(1), 2);
    List<float[]> shifted = pictures(numbered(shape, 16).shifted(3, 2), 2);
    List<float[]> both = pictures(chain, 2);
    float[] moved = new float[shape.features()];
    for (int i = 0; i < COUNT; i++) {
      int centre = 3 * 8 + 3;
      int number = ((int) shifted.get(i)[centre] - 1) / shape.features();
      int from = (int) shifted.get(i)[centre] - 1 - number * shape.features();
      PictureChanges.shift(mirrored.get(i), moved, 8, 3 - from / 8, 3 - from % 8, Border.ZERO);
      assertArrayEquals(moved, both.get(i));
    }
  }

  @Test
  void alternatingFlipsShowEachPictureInTurnAsItIsAndMirrored() {
    var shape = new ImageShape(1, 4);
    MiniBatches batches =
        numbered(shape, 16).augmented(new Augmentation(0, Border.ZERO, Flip.ALTERNATING, 0), 5);
    boolean[][] mirrored = new boolean[4][COUNT];
    for (int epoch = 1; epoch <= 4; epoch++) {
      int count = 0;
      for (float[] picture : pictures(batches, epoch)) {
        boolean flipped = picture[0] > picture[1];
        int number = (int) (Math.min(picture[0], picture[3]) - 1) / shape.features();
        assertArrayEquals(changed(shape, Border.ZERO, new Done(number, 0, 0, flipped)), picture);
        mirrored[epoch - 1][number] = flipped;
        count += flipped ? 1 : 0;
      }
      assertTrue(count == COUNT / 2 || count == COUNT - COUNT / 2, "" + count);
    }
    for (int i = 0; i < COUNT; i++) {
      assertTrue(mirrored[0][i] != mirrored[1][i]);
    }
    assertArrayEquals(mirrored[0], mirrored[2]);
    assertArrayEquals(mirrored[1], mirrored[3]);
  }

  @Test
  void cutoutBlanksOneSquareInAllChannels() {
    var shape = new ImageShape(3, 16);
    var cutout = new Augmentation(0, Border.ZERO, Flip.NONE, 6);
    for (float[] picture : pictures(numbered(shape, 16).augmented(cutout, 5), 1)) {
      int blank = 0;
      for (int p = 0; p < shape.pixels(); p++) {
        assertEquals(picture[p] == 0, picture[p + shape.pixels()] == 0);
        assertEquals(picture[p] == 0, picture[p + 2 * shape.pixels()] == 0);
        blank += picture[p] == 0 ? 1 : 0;
      }
      assertTrue(blank >= 9 && blank <= 36, "" + blank);
    }
  }

  @Test
  void everythingFollowsFromSeedAndEpoch() {
    var all = new Augmentation(3, Border.ZERO, Flip.RANDOM, 4);
    MiniBatches batches = numbered(new ImageShape(3, 8), 16).augmented(all, 5);
    float[][] third = pictures(batches, 3).toArray(float[][]::new);

    assertArrayEquals(third, pictures(batches, 3).toArray());
    MiniBatches otherSize = numbered(new ImageShape(3, 8), 7).augmented(all, 5);
    assertArrayEquals(third, pictures(otherSize, 3).toArray());
    assertFalse(Arrays.deepEquals(third, pictures(batches, 4).toArray()));
    MiniBatches otherSeed = numbered(new ImageShape(3, 8), 16).augmented(all, 6);
    assertFalse(Arrays.deepEquals(third, pictures(otherSeed, 3).toArray()));
  }

  @Test
  void picturesInAndOutHaveOneShapeAndStayAsTheyAre() {
    INDArray pictures = Nd4j.rand(DataType.FLOAT, 10, 3, 8, 8);
    INDArray before = pictures.dup();
    var plain = new MiniBatches(pictures, Nd4j.zeros(DataType.FLOAT, 10, 2), 4, 1);
    List<Long> sizes = new ArrayList<>();
    for (DataSet batch : plain.mirrored(1).epoch(1)) {
      sizes.add(batch.getFeatures().size(0));
      assertArrayEquals(
          new long[] {3, 8, 8}, Arrays.copyOfRange(batch.getFeatures().shape(), 1, 4));
      assertEquals(batch.getFeatures().size(0), batch.getLabels().size(0));
    }
    assertEquals(List.of(4L, 4L, 2L), sizes);
    assertEquals(3, plain.mirrored(1).count());
    assertEquals(before, pictures);
  }

  @Test
  void anEpochMayBeLeftBeforeItsEnd() {
    MiniBatches batches = numbered(new ImageShape(1, 4), 2).mirrored(1);
    Object[] expected = pictures(batches, 2).toArray();
    batches.epoch(1).iterator().next();
    assertArrayEquals(expected, pictures(batches, 2).toArray());
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT, 3, 50",
    "DOUBLE, 3, 48",
    "FLOAT, 3, 2",
    "FLOAT, 2, 32",
    "FLOAT, 4, 1x2x8",
  })
  void onlySquarePicturesCanBeChanged(DataType type, int rows, String picture) {
    long[] shape = Stream.of((rows + "x" + picture).split("x")).mapToLong(Long::valueOf).toArray();
    INDArray targets = Nd4j.ones(rows, 1);
    var batches = new MiniBatches(Nd4j.rand(type, shape), targets, 2, 1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> batches.mirrored(1)).getMessage();
    assertTrue(message.contains("%s of shape %s".formatted(type, Arrays.toString(shape))), message);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, -1", "5, 0, 5", "0, -1, -1", "0, 6, 6"})
  void movesAndSquaresAreNoLargerThanAPicture(int shift, int cutout, String found) {
    MiniBatches batches = numbered(new ImageShape(3, 5), 16);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> batches.augmented(new Augmentation(shift, Border.ZERO, Flip.NONE, cutout), 1))
            .getMessage();
    assertTrue(message.contains("pixels") && message.endsWith("it is " + found), message);
  }
}
