package journey.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static journey.data.DownloaderTest.assertMentions;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrecTest {

  private static final byte[] TRAIN =
      "HUM:ind Who was Galileo ?\nENTY:food What is a sister\u00f0city ?\r\nNUM:date When ?\n"
          .getBytes(ISO_8859_1);
  private static final byte[] TEST = "ABBR:exp What does S.O.S. mean ?\n".getBytes(ISO_8859_1);
  private static final URI NOBODY = URI.create("http://127.0.0.1:9/");

  @TempDir Path home;

  private Trec load(String journeyData) {
    var files =
        List.of(
            SmallCifar.download("train_5500.label", TRAIN, NOBODY),
            SmallCifar.download("TREC_10.label", TEST, NOBODY));
    var entry = new Manifest.Entry("TREC", "trec", null, null, files);
    return Trec.load(
        new Dataset(entry, Map.of("JOURNEY_DATA", journeyData), home, Downloader.standard()));
  }

  private Path folder() throws IOException {
    Path folder = Files.createDirectories(home.resolve("data").resolve("trec"));
    Files.write(folder.resolve("train_5500.label"), TRAIN);
    Files.write(folder.resolve("TREC_10.label"), TEST);
    return folder;
  }

  @Test
  void readsQuestionsAndTheirClasses() throws IOException {
    folder();
    Trec trec = load("");
    assertFalse(trec.isStandIn());
    assertEquals(3, trec.train().size());
    assertArrayEquals(new int[] {3, 2, 5}, trec.train().labels());
    assertEquals("What is a sister\u00f0city ?", trec.train().text(1));
    assertEquals("abbreviation", trec.test().className(0));
    assertMentions(trec.description(), "3 questions to learn from and 1 to test with, of 6 kinds");
    assertMentions(trec.banner(), "color:#555555");
  }

  @Test
  void namesADamagedFile() throws IOException {
    Path file = folder().resolve("TREC_10.label");
    Files.writeString(file, "ABBR:exp What does S.O.S mean ?\n");
    assertMentions(
        assertThrows(DataFileException.class, () -> load("")), file, "SHA-256", "data/README.md");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Who was Galileo ?", "HUM:ind", "WHO:ind Who ?", "HUM Who ?", "", "hum:ind Who ?"})
  void namesALineThatIsNoQuestion(String line) throws IOException {
    Path file = home.resolve("questions");
    Files.write(file, ("HUM:ind Who ?\n" + line + "\nHUM:ind Who ?\n").getBytes(UTF_8));
    assertMentions(
        assertThrows(DataFileException.class, () -> Trec.read(file)),
        file,
        "line 2: \"" + line + "\"",
        "HUM:ind Who was Galileo ?");
  }

  @Test
  void namesAFileThatIsNotThereOrTooLong() throws IOException {
    Path file = home.resolve("questions");
    assertMentions(
        assertThrows(DataFileException.class, () -> Trec.read(file)), file, "no such file");
    SpecialFiles.sparse(file);
    assertMentions(
        assertThrows(DataFileException.class, () -> Trec.read(file)), file, "more than 1,048,576");
  }

  @Test
  void standsInLoudly() {
    Trec trec = load("stand-in");
    assertTrue(trec.isStandIn());
    assertEquals(Trec.STAND_IN_TRAIN, trec.train().size());
    assertEquals(Trec.STAND_IN_TEST, trec.test().size());
    assertMentions(
        trec.banner(), "NOT TREC", "NOT the questions of TREC", "No figure", "font-size:150%");
  }

  @Test
  void generatedQuestionsAreOfAllKindsAndTheSeedDecides() {
    LabeledTexts questions = StandInQuestions.generate(600, 3);
    assertTrue(
        Arrays.stream(questions.countPerClass()).allMatch(n -> n > 60),
        Arrays.toString(questions.countPerClass()));
    assertEquals(questions.text(99), StandInQuestions.generate(100, 3).text(99));
    assertNotEquals(questions.text(99), StandInQuestions.generate(100, 4).text(99));
  }

  /** Or a bag of words would do. */
  @Test
  void sameWordsInAnotherOrderAskForSomethingElse() {
    LabeledTexts questions = StandInQuestions.generate(4_000, 1);
    var kinds = new HashSet<String>();
    var orders = new HashSet<String>();
    for (int i = 0; i < questions.size(); i++) {
      String bag = Stream.of(questions.text(i).split(" ")).sorted().toList() + "";
      if (bag.contains("known")) {
        orders.add(bag);
        kinds.add(bag + questions.label(i));
      }
    }
    assertTrue(kinds.size() > orders.size(), kinds.size() + " kinds of " + orders.size());
  }
}
