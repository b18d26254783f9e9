package journey.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Texts, such as questions, with their class labels. */
public final class LabeledTexts {

  private final List<String> texts;
  private final int[] labels;
  private final List<String> classNames;

  /**
   * Takes copies.
   *
   * @param texts the texts as they are read
   * @param labels the class number of each
   * @param classNames the name of each class, by class number
   * @throws IllegalArgumentException if there is not one label for each text, or a label has no
   *     name
   */
  public LabeledTexts(List<String> texts, int[] labels, List<String> classNames) {
    this.texts = List.copyOf(texts);
    this.labels = labels.clone();
    this.classNames = List.copyOf(classNames);
    boolean named = Arrays.stream(labels).allMatch(c -> c >= 0 && c < classNames.size());
    if (texts.size() != labels.length || !named) {
      throw new IllegalArgumentException(
          "%d texts need as many labels, each from 0 to %d, but the labels are %s"
              .formatted(texts.size(), classNames.size() - 1, Arrays.toString(labels)));
    }
  }

  /** How many texts there are. */
  public int size() {
    return labels.length;
  }

  /** Text {@code i} as it was read. */
  public String text(int i) {
    return texts.get(i);
  }

  /** The class number of text {@code i}. */
  public int label(int i) {
    return labels[i];
  }

  /** The class numbers of all texts, in order. */
  public int[] labels() {
    return labels.clone();
  }

  /** The names of the classes, by class number. */
  public List<String> classNames() {
    return classNames;
  }

  /** The name of text {@code i}'s class. */
  public String className(int i) {
    return classNames.get(labels[i]);
  }

  /** How many texts each class has, by class number. */
  public int[] countPerClass() {
    int[] counts = new int[classNames.size()];
    Arrays.stream(labels).forEach(c -> counts[c]++);
    return counts;
  }

  /** The words of each text, as {@link Tokenizer#words} divides it. */
  public List<List<String>> words() {
    return texts.stream().map(Tokenizer::words).toList();
  }

  /**
   * The texts at these positions, in this order.
   *
   * @throws IndexOutOfBoundsException if a position is not in {@code 0..size()-1}
   */
  public LabeledTexts subset(int[] positions) {
    return new LabeledTexts(
        Arrays.stream(positions).mapToObj(texts::get).toList(),
        Arrays.stream(positions).map(i -> labels[i]).toArray(),
        classNames);
  }

  /**
   * The first {@code count} texts, or all if there are fewer.
   *
   * @throws IllegalArgumentException if the count is negative
   */
  public LabeledTexts first(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("the first %d texts were asked for".formatted(count));
    }
    return subset(IntStream.range(0, Math.min(count, size())).toArray());
  }

  /**
   * Each text once, where it stands first. Two with the same words are the same text. A text that
   * stood in two parts of the data would be known before it is asked for.
   */
  public LabeledTexts distinct() {
    Set<List<String>> seen = new HashSet<>();
    List<List<String>> words = words();
    return subset(IntStream.range(0, size()).filter(i -> seen.add(words.get(i))).toArray());
  }

  /**
   * The same texts with their words in random order: a bag of words does not see the difference.
   * Only the last word, which is usually the question mark, stays where it is.
   */
  public LabeledTexts shuffledWords(long seed) {
    List<String> shuffled = new ArrayList<>();
    for (List<String> text : words()) {
      List<String> mixed = new ArrayList<>(text);
      int[] order = SeededRandom.permutation(Math.max(0, text.size() - 1), seed, shuffled.size());
      for (int i = 0; i < order.length; i++) {
        mixed.set(i, text.get(order[i]));
      }
      shuffled.add(String.join(" ", mixed));
    }
    return new LabeledTexts(shuffled, labels, classNames);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d texts of %d classes", size(), classNames.size());
  }
}
