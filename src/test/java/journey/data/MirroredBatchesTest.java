package journey.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class MirroredBatchesTest {

  private static final int FEATURES = Cifar10.FEATURES;
  private static final int SIDE = Cifar10.SIDE;

  private final INDArray pictures = Nd4j.rand(DataType.FLOAT, 90, FEATURES);
  private final INDArray numbers = Nd4j.arange(90).castTo(DataType.FLOAT).reshape(90, 1);

  private MiniBatches batches(int batchSize) {
    return new MiniBatches(pictures, numbers, batchSize, 4);
  }

  private MirroredBatches mirrored(int batchSize, long seed) {
    return new MirroredBatches(batches(batchSize), seed);
  }

  /** For each example of the pass, in its order, whether it is mirrored; it must be or be equal. */
  private List<Boolean> mirroredOnes(Iterable<DataSet> pass) {
    var found = new ArrayList<Boolean>();
    for (DataSet batch : pass) {
      for (int row = 0; row < batch.numExamples(); row++) {
        float[] original = pictures.getRow(batch.getLabels().getInt(row, 0)).toFloatVector();
        found.add(isMirrored(original, batch.getFeatures().getRow(row).toFloatVector()));
      }
    }
    return found;
  }

  private static boolean isMirrored(float[] original, float[] picture) {
    boolean mirrored = original[0] != picture[0];
    for (int i = 0; i < FEATURES; i++) {
      int column = i % SIDE;
      int from = mirrored ? i - column + SIDE - 1 - column : i;
      assertEquals(original[from], picture[i], 0, "value " + i);
    }
    return mirrored;
  }

  @Test
  void eachPictureStaysOrIsMirroredInAllChannels() {
    List<Boolean> found = mirroredOnes(mirrored(32, 1).epoch(1));

    assertEquals(90, found.size());
    assertTrue(found.contains(true) && found.contains(false), found.toString());
  }

  @Test
  void aboutHalfOfThePicturesAreMirrored() {
    MirroredBatches mirrored = mirrored(32, 1);
    int count = 0;
    for (int epoch = 0; epoch < 40; epoch++) {
      count += mirroredOnes(mirrored.epoch(epoch)).stream().filter(yes -> yes).count();
    }
    // 1,800 are expected; 5 standard deviations are 150.
    assertTrue(Math.abs(count - 1_800) < 150, "mirrored: " + count);
  }

  @Test
  void theChoiceFollowsFromSeedAndEpochAlone() {
    MirroredBatches mirrored = mirrored(32, 1);
    List<Boolean> third = mirroredOnes(mirrored.epoch(3));

    assertEquals(third, mirroredOnes(mirrored.epoch(3)));
    assertEquals(third, mirroredOnes(mirrored(32, 1).epoch(3)));
    assertEquals(third, mirroredOnes(mirrored(7, 1).epoch(3)));
    assertFalse(third.equals(mirroredOnes(mirrored.epoch(4))));
    assertFalse(third.equals(mirroredOnes(mirrored(32, 2).epoch(3))));
  }

  @Test
  void leavesThePicturesAndTheirOrderAsTheyAre() {
    INDArray before = pictures.dup();
    var order = new ArrayList<Integer>();
    batches(32).epoch(5).forEach(batch -> order.addAll(numbersOf(batch)));
    var found = new ArrayList<Integer>();
    mirrored(32, 1).epoch(5).forEach(batch -> found.addAll(numbersOf(batch)));

    assertEquals(order, found);
    assertEquals(before, pictures);
    assertEquals(batches(32).count(), mirrored(32, 1).count());
  }

  private static List<Integer> numbersOf(DataSet batch) {
    var numbers = new ArrayList<Integer>();
    for (int row = 0; row < batch.numExamples(); row++) {
      numbers.add(batch.getLabels().getInt(row, 0));
    }
    return numbers;
  }

  @Test
  void refusesWhatIsNoPicture() {
    for (INDArray rows :
        new INDArray[] {
          Nd4j.rand(DataType.FLOAT, 8, 784), Nd4j.rand(DataType.DOUBLE, 8, FEATURES)
        }) {
      var batches = new MiniBatches(rows, rows, 4, 1);
      var pass = new MirroredBatches(batches, 1).epoch(1).iterator();
      String message = assertThrows(IllegalArgumentException.class, pass::next).getMessage();

      assertTrue(message.contains("" + rows.columns()), message);
      assertTrue(message.contains("" + rows.dataType()), message);
    }
  }
}
