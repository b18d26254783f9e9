package journey.data;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Generated questions, in place of TREC's where those can't be had. They have the same six kinds of
 * answer, and in some of them the same words in another order ask for something else. No result on
 * them can be compared with one on TREC.
 */
final class StandInQuestions {

  private static final List<String> PLACES =
      List.of("city", "country", "river", "island", "mountain", "village", "lake", "harbour");
  private static final List<String> THINGS =
      List.of("fruit", "bird", "song", "game", "colour", "dish", "plant", "language");
  private static final List<String> JOBS =
      List.of("painter", "singer", "king", "doctor", "baker", "pilot", "poet", "gardener");
  private static final List<String> NAMES =
      List.of("Alba Reyes", "Jonas Lind", "Mara Okoye", "Tomasz Wilk", "Yuki Arai", "Lea Brandt");

  /** Gaps: 1 a place, 2 a thing, 3 a job, 4 a name, 5 three letters, 6 a year. */
  private static final List<List<String>> PATTERNS =
      List.of(
          List.of("What does %5$s stand for ?", "What is the full form of %5$s ?"),
          List.of(
              "What is a %2$s ?",
              "How do you find a %2$s in a %1$s ?", "Why did %4$s leave the %1$s in %6$d ?"),
          List.of(
              "What %2$s is the %1$s known for ?",
              "What is the name of the %3$s 's first %2$s ?", "Which %2$s did %4$s like ?"),
          List.of(
              "Who was the first %3$s of the %1$s ?",
              "What %3$s named the %2$s in %6$d ?", "Who is %4$s ?"),
          List.of(
              "What %1$s is known for the %2$s ?",
              "Where did %4$s find the %2$s ?", "What is the name of the %3$s 's first %1$s ?"),
          List.of(
              "How many %2$ss does the %1$s have ?",
              "When was %4$s born ?", "What year did the %3$s leave the %1$s ?"));

  private StandInQuestions() {}

  /**
   * Generates questions. Question {@code i} depends on the seed and {@code i} alone.
   *
   * @param seed the same seed gives the same questions
   */
  static LabeledTexts generate(int count, long seed) {
    int[] labels = new int[count];
    List<String> texts =
        IntStream.range(0, count)
            .mapToObj(
                i -> {
                  SplittableRandom random = SeededRandom.of(seed, i);
                  labels[i] = random.nextInt(PATTERNS.size());
                  return question(labels[i], random);
                })
            .toList();
    return new LabeledTexts(texts, labels, Trec.CLASS_NAMES);
  }

  private static String question(int label, SplittableRandom random) {
    String letters =
        random
            .ints(3, 'A', 'Z' + 1)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return String.format(
        Locale.ROOT,
        oneOf(PATTERNS.get(label), random),
        oneOf(PLACES, random),
        oneOf(THINGS, random),
        oneOf(JOBS, random),
        oneOf(NAMES, random),
        letters,
        random.nextInt(1700, 2000));
  }

  private static String oneOf(List<String> choices, SplittableRandom random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
