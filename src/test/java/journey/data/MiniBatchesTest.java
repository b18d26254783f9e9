package journey.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class MiniBatchesTest {

  /** Row i of the inputs is i, i + 0.5; row i of the targets is -i: a batch shows what it holds. */
  private static MiniBatches numbered(int size, int batchSize, long seed, DataType type) {
    INDArray column = Nd4j.arange(size).castTo(type).reshape(size, 1);
    return new MiniBatches(Nd4j.hstack(column, column.add(0.5)), column.neg(), batchSize, seed);
  }

  private static MiniBatches numbered(int size, int batchSize, long seed) {
    return numbered(size, batchSize, seed, DataType.FLOAT);
  }

  /** The numbers of the examples of a pass; checks that all parts of a row belong together. */
  private static List<Integer> examples(Iterable<DataSet> pass) {
    var numbers = new ArrayList<Integer>();
    for (DataSet batch : pass) {
      assertEquals(batch.numExamples(), batch.getLabels().rows());
      for (int i = 0; i < batch.numExamples(); i++) {
        int number = batch.getFeatures().getInt(i, 0);
        assertEquals(number + 0.5, batch.getFeatures().getDouble(i, 1));
        assertEquals(-number, batch.getLabels().getInt(i, 0));
        numbers.add(number);
      }
    }
    return numbers;
  }

  private static List<Integer> upTo(int size) {
    return IntStream.range(0, size).boxed().toList();
  }

  @Test
  void anyEpochHandsOutEveryExampleOnceInFullBatchesButTheLast() {
    Property.holds(
        random -> {
          int size = 1 + random.nextInt(150);
          int batchSize = 1 + random.nextInt(200);
          DataType type = random.nextBoolean() ? DataType.FLOAT : DataType.DOUBLE;
          MiniBatches batches = numbered(size, batchSize, random.nextLong(), type);
          var sizes = new ArrayList<Integer>();
          batches.epoch(1).forEach(batch -> sizes.add(batch.numExamples()));

          assertEquals(batches.count(), sizes.size());
          int last = sizes.remove(sizes.size() - 1);
          assertTrue(sizes.stream().allMatch(found -> found == batchSize));
          assertEquals(size, sizes.size() * batchSize + last);
          assertTrue(last >= 1 && last <= batchSize);
          List<Integer> found = examples(batches.epoch(1 + random.nextInt(100)));
          assertEquals(upTo(size), found.stream().sorted().toList());
        });
  }

  @Test
  void theOrderFollowsFromSeedAndEpochAlone() {
    MiniBatches batches = numbered(200, 32, 7);
    List<Integer> third = examples(batches.epoch(3));
    MiniBatches resumed = numbered(200, 32, 7);

    assertEquals(third, examples(resumed.epoch(3)));
    assertEquals(third, examples(batches.epoch(3)));
    assertEquals(third, examples(numbered(200, 5, 7).epoch(3)));
    assertFalse(third.equals(examples(batches.epoch(4))));
    assertFalse(third.equals(examples(numbered(200, 32, 8).epoch(3))));
    assertFalse(third.equals(examples(numbered(200, 32, 3).epoch(7))));
    assertFalse(third.equals(upTo(200)));
  }

  @Test
  void fullBatchesShareTheirArrays() {
    MiniBatches batches = numbered(10, 4, 1);
    var iterator = batches.epoch(1).iterator();
    INDArray first = iterator.next().getFeatures();

    assertSame(first, iterator.next().getFeatures());
    assertArrayEquals(new long[] {2, 2}, iterator.next().getFeatures().shape());
    assertSame(first, batches.epoch(2).iterator().next().getFeatures());
    assertEquals('c', first.ordering());
    assertThrows(NoSuchElementException.class, iterator::next);
  }

  @Test
  void keepsTheTypesOfBothArrays() {
    var batches =
        new MiniBatches(Nd4j.rand(DataType.DOUBLE, 6, 3), Nd4j.rand(DataType.FLOAT, 6, 2), 4, 1);
    DataSet batch = batches.epoch(1).iterator().next();

    assertEquals(DataType.DOUBLE, batch.getFeatures().dataType());
    assertEquals(DataType.FLOAT, batch.getLabels().dataType());
  }

  @Test
  void takesArraysWhoseRowsAreScattered() {
    INDArray inputs = Nd4j.arange(18).castTo(DataType.FLOAT).reshape(2, 9).transpose();
    INDArray targets = inputs.dup('f');
    INDArray squares = inputs.reshape(9, 1, 1, 2).permute(0, 3, 1, 2).dup('f');
    DataSet rows = new MiniBatches(inputs, targets, 9, 1).epoch(1).iterator().next();
    DataSet pictures = new MiniBatches(squares, targets, 9, 1).epoch(1).iterator().next();

    assertEquals(rows.getFeatures(), rows.getLabels());
    assertEquals(inputs.sum(0), rows.getFeatures().sum(0));
    assertEquals(rows.getLabels(), pictures.getLabels());
    assertArrayEquals(new long[] {9, 2, 1, 1}, pictures.getFeatures().shape());
    assertEquals(rows.getFeatures(), pictures.getFeatures().reshape(9, 2));
  }

  @Test
  void refusesArraysThatDoNotFitAndNamesBoth() {
    INDArray inputs = Nd4j.zeros(DataType.FLOAT, 8, 3);
    for (INDArray targets :
        new INDArray[] {Nd4j.zeros(DataType.FLOAT, 7, 1), Nd4j.zeros(DataType.FLOAT, 8)}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> new MiniBatches(inputs, targets, 2, 1))
              .getMessage();
      assertTrue(message.contains("[8, 3]"), message);
      assertTrue(message.contains(Arrays.toString(targets.shape())), message);
    }
  }

  @Test
  void countsEpochsFromOneAndRefusesBatchesOfNothing() {
    assertThrows(IllegalArgumentException.class, () -> numbered(10, 0, 1));
    MiniBatches batches = numbered(10, 4, 1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> batches.epoch(0)).getMessage();
    assertTrue(message.contains("counted from 1"), message);
  }
}
