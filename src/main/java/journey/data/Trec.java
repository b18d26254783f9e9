package journey.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TREC's questions: 5,452 to learn from and 500 to test with, each with the kind of answer that it
 * asks for (Li and Roth, "Learning Question Classifiers", 2002). Where they cannot be had,
 * generated questions stand in, and say so.
 *
 * @param train the questions to train and to validate with; some stand in it more than once
 * @param test the questions to test with
 * @param isStandIn whether these are generated questions, whose figures compare with no one else's
 * @param description what these questions are, how many, and where they come from, in plain text
 */
public record Trec(LabeledTexts train, LabeledTexts test, boolean isStandIn, String description) {

  /** The names of the classes, by class number: what kind of answer a question asks for. */
  public static final List<String> CLASS_NAMES =
      List.of("abbreviation", "description", "entity", "human", "location", "number");

  /** Generated questions to train with, where TREC's cannot be had. */
  static final int STAND_IN_TRAIN = 4_000;

  /** Generated questions to test with, where TREC's cannot be had. */
  static final int STAND_IN_TEST = 500;

  private static final long STAND_IN_SEED = 1;

  /** The classes as the files write them, in the order of their names above. */
  private static final List<String> CODES = List.of("ABBR", "DESC", "ENTY", "HUM", "LOC", "NUM");

  private static final Pattern LINE = Pattern.compile("([A-Z]+):\\w+ (\\S.*)");

  /** The longer of the two files has a third of that. */
  private static final int LONGEST = 1 << 20;

  private static final String EXPECTED =
      "a question a line, after its class: HUM:ind Who was Galileo ?";

  /**
   * Finds, or downloads, checks and reads the questions, in the places where {@link Cifar10#load}
   * looks for its pictures. If there are none to be had, or {@code JOURNEY_DATA} is {@code
   * stand-in}, these are generated questions: see {@link #isStandIn}.
   *
   * @throws DataFileException if a file is there but damaged, {@code JOURNEY_DATA} names no folder
   *     with the data, a server delivers something else, or the disk takes no more
   * @throws CancellationException if the thread is interrupted; the next call goes on from there
   */
  public static Trec load() {
    return load(Dataset.named("TREC"));
  }

  static Trec load(Dataset dataset) {
    try {
      Dataset.Found found = dataset.find();
      dataset.check(found.folder(), Dataset.REMEDY);
      LabeledTexts train = read(found.folder().resolve("train_5500.label"));
      LabeledTexts test = read(found.folder().resolve("TREC_10.label"));
      String text = "TREC: %,d questions to learn from and %,d to test with, of %d kinds, %s.";
      return new Trec(
          train,
          test,
          false,
          String.format(
              Locale.ROOT, text, train.size(), test.size(), CLASS_NAMES.size(), found.words()));
    } catch (DataUnavailableException unavailable) {
      String text =
          "These are NOT the questions of TREC, but a stand-in: %,d to learn from and %,d to test"
              + " with, made up by this program. No figure below is comparable with one measured on"
              + " TREC. Why: %s. How to get the real ones: data/README.md.";
      return new Trec(
          StandInQuestions.generate(STAND_IN_TRAIN, STAND_IN_SEED),
          StandInQuestions.generate(STAND_IN_TEST, STAND_IN_SEED + 1),
          true,
          String.format(
              Locale.ROOT, text, STAND_IN_TRAIN, STAND_IN_TEST, unavailable.getMessage()));
    }
  }

  /**
   * Reads a file of questions, in Latin-1.
   *
   * @throws DataFileException if it cannot be read, or a line of it is no question
   */
  static LabeledTexts read(Path file) {
    List<String> questions = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (String line : lines(file)) {
      Matcher parts = LINE.matcher(line);
      int label = parts.matches() ? CODES.indexOf(parts.group(1)) : -1;
      if (label < 0) {
        String found = "line %d: \"%s\"".formatted(questions.size() + 1, line);
        throw new DataFileException(file, EXPECTED, found, Dataset.REMEDY);
      }
      questions.add(parts.group(2).strip());
      labels.add(label);
    }
    return new LabeledTexts(
        questions, labels.stream().mapToInt(Integer::intValue).toArray(), CLASS_NAMES);
  }

  private static List<String> lines(Path file) {
    try {
      return SmallFile.read(file, LONGEST, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException problem) {
      throw new DataFileException(file, EXPECTED, problem.getMessage(), Dataset.REMEDY, problem);
    }
  }

  /**
   * The {@link #description} as HTML for a notebook: a line, or for the stand-in a large warning.
   */
  public String banner() {
    return Banner.html("TREC", description, isStandIn);
  }

  @Override
  public String toString() {
    return description;
  }
}
