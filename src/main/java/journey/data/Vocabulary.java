package journey.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import journey.memory.Allocation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The words that a network knows, each with a number, the most frequent ones first. Number {@value
 * #PADDING} fills up short texts, and {@value #UNKNOWN} is every word that is not among them.
 */
public final class Vocabulary {

  /** The number of what fills up a short text. */
  public static final int PADDING = 0;

  /** The number of every word that is not in the vocabulary. */
  public static final int UNKNOWN = 1;

  private final List<String> words;
  private final Map<String, Integer> numbers = new HashMap<>();

  private Vocabulary(List<String> words) {
    this.words = words;
    for (String word : words) {
      numbers.put(word, numbers.size());
    }
  }

  /**
   * The words that occur often enough. They must come from the training part alone: what the other
   * parts hold is not known yet.
   *
   * @param texts the words of each text
   * @param atLeast how often a word must occur; the others are unknown, so that a network also
   *     learns what an unknown word means
   * @throws IllegalArgumentException if {@code atLeast} is less than 1
   */
  public static Vocabulary of(List<List<String>> texts, int atLeast) {
    if (atLeast < 1) {
      throw new IllegalArgumentException(
          "words that occur at least %d times were asked for".formatted(atLeast));
    }
    Map<String, Integer> counts = new HashMap<>();
    texts.forEach(text -> text.forEach(word -> counts.merge(word, 1, Integer::sum)));
    List<String> words = new ArrayList<>(List.of("<padding>", "<unknown>"));
    counts.keySet().stream()
        .filter(word -> counts.get(word) >= atLeast)
        .sorted(
            Comparator.comparingInt((String word) -> -counts.get(word))
                .thenComparing(Comparator.naturalOrder()))
        .forEach(words::add);
    return new Vocabulary(List.copyOf(words));
  }

  /** How many numbers there are: the words, and one each for padding and for unknown words. */
  public int size() {
    return words.size();
  }

  /** Whether a word has a number of its own. */
  public boolean knows(String word) {
    return number(word) > UNKNOWN;
  }

  /** A word's number, {@value #UNKNOWN} if it has none of its own. */
  public int number(String word) {
    return numbers.getOrDefault(word, UNKNOWN);
  }

  /**
   * The word with this number.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public String word(int number) {
    return words.get(Objects.checkIndex(number, words.size()));
  }

  /**
   * The texts as numbers of words, a row for each. A short text is filled up in front, so that all
   * end at the same place; of a long one only the last words are kept.
   *
   * @param texts the words of each text
   * @param length how many words a row has
   * @return a new float32 array {@code [texts, length]}, in 'c' order
   * @throws IllegalArgumentException if there is no text, or the length is less than 1
   */
  public INDArray encode(List<List<String>> texts, int length) {
    INDArray rows = zeros(texts, length);
    for (int i = 0; i < texts.size(); i++) {
      List<String> text = texts.get(i);
      for (int back = 1; back <= Math.min(length, text.size()); back++) {
        rows.putScalar(i, length - back, number(text.get(text.size() - back)));
      }
    }
    return rows;
  }

  /**
   * Which words each text holds, whatever their order: 1 in the column of each of its words, 0 in
   * all others.
   *
   * @param texts the words of each text
   * @return a new float32 array {@code [texts, size()]}, in 'c' order
   * @throws IllegalArgumentException if there is no text, or no memory for the array
   */
  public INDArray bag(List<List<String>> texts) {
    INDArray rows = zeros(texts, size());
    for (int i = 0; i < texts.size(); i++) {
      for (String word : texts.get(i)) {
        rows.putScalar(i, number(word), 1);
      }
    }
    return rows;
  }

  private static INDArray zeros(List<List<String>> texts, int columns) {
    if (texts.isEmpty() || columns < 1) {
      throw new IllegalArgumentException(
          "expected at least one text and one column, but there are %d texts and %d columns"
              .formatted(texts.size(), columns));
    }
    Allocation.require(
        Allocation.bytes(DataType.FLOAT, texts.size(), columns),
        String.format(Locale.ROOT, "an array of %,d texts and %,d columns", texts.size(), columns));
    return Nd4j.zeros(DataType.FLOAT, texts.size(), columns);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d words", size() - 2);
  }
}
