package journey.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Divides a text into words. */
public final class Tokenizer {

  /** Stands before the first word of a text where runs of words are taken. */
  static final String BEGINNING = "^";

  /** The endings that English writes without a space before them, as in "what's" and "don't". */
  private static final Pattern ENDING = Pattern.compile("(n't|'(?:s|m|d|re|ve|ll))(?!\\w)");

  private static final Pattern MARK = Pattern.compile("(``|''|[?!,;:\"()])");

  /** That of a sentence, but not that of "U.S." */
  private static final Pattern LAST_FULL_STOP = Pattern.compile("(?<=\\w\\w)\\.$");

  private static final Pattern DIGIT = Pattern.compile("\\d");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private Tokenizer() {}

  /**
   * The words of a text in lower case. A punctuation mark is a word, and so are endings such as
   * {@code 's}; every digit is written as 0, so that all years look alike.
   *
   * @return no word at all for a blank text
   */
  public static List<String> words(String text) {
    String plain = DIGIT.matcher(text.toLowerCase(Locale.ROOT).strip()).replaceAll("0");
    String apart = LAST_FULL_STOP.matcher(plain).replaceAll(" .");
    apart = ENDING.matcher(apart).replaceAll(" $1 ");
    apart = MARK.matcher(apart).replaceAll(" $1 ").strip();
    return apart.isEmpty() ? List.of() : List.of(SPACE.split(apart));
  }

  /**
   * All runs of one to {@code longest} words, the short ones first: of "who was he" and two, the
   * runs who, was, he, ^ who, who was, was he. A longer run than one may begin at the text's
   * beginning, which is written {@value #BEGINNING}.
   *
   * @throws IllegalArgumentException if {@code longest} is less than 1
   */
  public static List<String> runs(List<String> words, int longest) {
    if (longest < 1) {
      throw new IllegalArgumentException(
          "runs of up to %d words were asked for".formatted(longest));
    }
    List<String> runs = new ArrayList<>(words);
    List<String> begun = new ArrayList<>(words);
    begun.add(0, BEGINNING);
    for (int length = 2; length <= longest; length++) {
      for (int i = 0; i + length <= begun.size(); i++) {
        runs.add(String.join(" ", begun.subList(i, i + length)));
      }
    }
    return runs;
  }
}
