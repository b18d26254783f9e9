package journey.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class TextBatchesTest {

  /** Text i has 1 + i % 6 words, all of them i + 2, in rows of nine. */
  private static INDArray texts(int count) {
    INDArray numbers = Nd4j.zeros(count, 9);
    for (int i = 0; i < count; i++) {
      for (int back = 1; back <= 1 + i % 6; back++) {
        numbers.putScalar(i, 9 - back, i + 2);
      }
    }
    return numbers;
  }

  @Test
  void aBatchIsAsLongAsItsLongestText() {
    INDArray targets = Nd4j.arange(20).reshape(20, 1).castTo(texts(1).dataType());
    TextBatches batches = new TextBatches(texts(20), targets, 3, 1);
    List<Integer> seen = new ArrayList<>();
    for (DataSet batch : batches.epoch(1)) {
      int[] texts = batch.getLabels().dup().data().asInt();
      int longest = IntStream.of(texts).map(i -> 1 + i % 6).max().orElseThrow();
      assertEquals(longest, batch.getFeatures().columns());
      assertEquals(TextBatches.mask(batch.getFeatures()), batch.getFeaturesMaskArray());
      for (int row = 0; row < texts.length; row++) {
        INDArray words = batch.getFeatures().getRow(row);
        assertEquals(texts[row] + 2, words.getInt(longest - 1));
        assertEquals(
            1 + texts[row] % 6, batch.getFeaturesMaskArray().getRow(row).sumNumber().intValue());
        seen.add(texts[row]);
      }
    }
    assertEquals(7, batches.count());
    assertEquals(IntStream.range(0, 20).boxed().toList(), seen.stream().sorted().toList());
    assertNotEquals(IntStream.range(0, 20).boxed().toList(), seen);
  }

  @Test
  void aColumnIsLeftWhereThereIsNoWord() {
    assertArrayEquals(new long[] {2, 1}, TextBatches.trimmed(Nd4j.zeros(2, 9)).shape());
    assertArrayEquals(new long[] {1, 9}, TextBatches.trimmed(Nd4j.ones(1, 9)).shape());
  }

  @Test
  void trimmingCopies() {
    INDArray texts = texts(3);
    INDArray trimmed = TextBatches.trimmed(texts);
    texts.assign(7);
    assertTrue(trimmed.maxNumber().intValue() < 7);
  }
}
