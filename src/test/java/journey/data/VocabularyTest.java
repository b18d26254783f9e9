package journey.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class VocabularyTest {

  private static final List<List<String>> TEXTS =
      List.of(List.of("who", "was", "he", "?"), List.of("what", "was", "it", "?", "?"));

  private final Vocabulary vocabulary = Vocabulary.of(TEXTS, 1);

  @Test
  void theMostFrequentWordsComeFirstAndThenTheAlphabetDecides() {
    List<String> words = List.of("<padding>", "<unknown>", "?", "was", "he", "it", "what", "who");
    assertEquals(words.size(), vocabulary.size());
    for (int n = 0; n < words.size(); n++) {
      assertEquals(words.get(n), vocabulary.word(n));
      assertEquals(n, vocabulary.number(words.get(n)));
    }
    assertEquals("6 words", vocabulary.toString());
    assertThrows(IndexOutOfBoundsException.class, () -> vocabulary.word(8));
  }

  @Test
  void aRareWordIsUnknown() {
    Vocabulary frequent = Vocabulary.of(TEXTS, 2);
    assertEquals(4, frequent.size());
    assertTrue(frequent.knows("was"));
    assertFalse(frequent.knows("he"));
    assertFalse(frequent.knows("<unknown>"));
    assertEquals(Vocabulary.UNKNOWN, frequent.number("he"));
    assertThrows(IllegalArgumentException.class, () -> Vocabulary.of(TEXTS, 0));
  }

  @Test
  void textsAreFilledUpInFrontAndTheirEndIsKept() {
    INDArray numbers = vocabulary.encode(List.of(List.of("who", "is", "it"), TEXTS.get(1)), 4);
    assertEquals(DataType.FLOAT, numbers.dataType());
    assertArrayEquals(new int[] {0, 7, 1, 5}, numbers.getRow(0).toIntVector());
    assertArrayEquals(new int[] {3, 5, 2, 2}, numbers.getRow(1).toIntVector());
    assertThrows(IllegalArgumentException.class, () -> vocabulary.encode(List.of(), 4));
    assertThrows(IllegalArgumentException.class, () -> vocabulary.encode(TEXTS, 0));
  }

  @Test
  void aBagKnowsNoOrderAndNoNumber() {
    INDArray bags =
        vocabulary.bag(List.of(TEXTS.get(1), List.of("?", "it", "was", "what"), List.of("zebra")));
    assertArrayEquals(new long[] {3, 8}, bags.shape());
    assertArrayEquals(new int[] {0, 0, 1, 1, 0, 1, 1, 0}, bags.getRow(0).toIntVector());
    assertEquals(bags.getRow(0), bags.getRow(1));
    assertArrayEquals(new int[] {0, 1, 0, 0, 0, 0, 0, 0}, bags.getRow(2).toIntVector());
  }
}
