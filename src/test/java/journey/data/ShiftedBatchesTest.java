package journey.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class ShiftedBatchesTest {

  private static final int SIDE = Cifar10.SIDE;
  private static final int COUNT = 200;

  /** Of 200 pictures that are all alike, no value of which is 0 or occurs twice. */
  private final float[] original = distinct();

  private final MiniBatches plain =
      new MiniBatches(
          Nd4j.create(original, new long[] {1, original.length}, 'c').repeat(0, COUNT),
          Nd4j.ones(COUNT, 1),
          64,
          1);

  @Test
  void everyPictureIsMovedAsAWholeAndAllMovesOccur() {
    Set<List<Integer>> moves = new HashSet<>();
    for (float[] picture : pictures(new ShiftedBatches(plain::epoch, 1, 7), 0)) {
      int centre = (int) picture[16 * SIDE + 16] - 1;
      int down = 16 - centre / SIDE;
      int right = 16 - centre % SIDE;
      assertArrayEquals(moved(down, right), picture);
      moves.add(List.of(down, right));
    }
    assertEquals(9, moves.size(), moves::toString);
    assertTrue(
        moves.stream().allMatch(m -> Math.abs(m.get(0)) <= 1 && Math.abs(m.get(1)) <= 1),
        moves::toString);
  }

  @Test
  void theMovesFollowFromSeedAndEpoch() {
    List<float[]> once = pictures(new ShiftedBatches(plain::epoch, 3, 7), 4);
    List<float[]> again = pictures(new ShiftedBatches(plain::epoch, 3, 7), 4);
    List<float[]> otherEpoch = pictures(new ShiftedBatches(plain::epoch, 3, 7), 5);
    assertArrayEquals(once.toArray(), again.toArray());
    assertTrue(differ(once, otherEpoch) > COUNT / 2);
  }

  @Test
  void withNoMoveThePicturesStayAsTheyAre() {
    for (float[] picture : pictures(new ShiftedBatches(plain::epoch, 0, 7), 0)) {
      assertArrayEquals(original, picture);
    }
  }

  @Test
  void refusesWhatAreNoPicturesOrNoMoves() {
    assertThrows(IllegalArgumentException.class, () -> new ShiftedBatches(plain::epoch, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new ShiftedBatches(plain::epoch, SIDE, 1));
    MiniBatches rows = new MiniBatches(Nd4j.ones(4, 5), Nd4j.ones(4, 1), 2, 1);
    var pass = new ShiftedBatches(rows::epoch, 1, 1).epoch(0).iterator();
    assertThrows(IllegalArgumentException.class, pass::next);
  }

  private static float[] distinct() {
    float[] values = new float[Cifar10.FEATURES];
    for (int i = 0; i < values.length; i++) {
      values[i] = i + 1;
    }
    return values;
  }

  /** By the definition: the value at a place is the one that stood so far up and to the left. */
  private float[] moved(int down, int right) {
    float[] picture = new float[original.length];
    for (int i = 0; i < picture.length; i++) {
      int line = i / SIDE % SIDE - down;
      int column = i % SIDE - right;
      if (line >= 0 && line < SIDE && column >= 0 && column < SIDE) {
        picture[i] = original[i - down * SIDE - right];
      }
    }
    return picture;
  }

  private static int differ(List<float[]> one, List<float[]> other) {
    int count = 0;
    for (int i = 0; i < one.size(); i++) {
      count += Arrays.equals(one.get(i), other.get(i)) ? 0 : 1;
    }
    return count;
  }

  private static List<float[]> pictures(ShiftedBatches batches, int epoch) {
    List<float[]> pictures = new ArrayList<>();
    for (DataSet batch : batches.epoch(epoch)) {
      INDArray inputs = batch.getFeatures();
      for (int row = 0; row < inputs.rows(); row++) {
        pictures.add(inputs.getRow(row).toFloatVector());
      }
    }
    return pictures;
  }
}
