package journey.data;

import static journey.data.DownloaderTest.assertMentions;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabeledTextsTest {

  private static final List<String> CLASSES = List.of("person", "place");

  private final LabeledTexts texts =
      new LabeledTexts(
          List.of("Who is he?", "Where is it?", "who is he ?", "Who was she?"),
          new int[] {0, 1, 0, 0},
          CLASSES);

  @Test
  void knowsTextsAndClasses() {
    assertEquals(4, texts.size());
    assertEquals("Where is it?", texts.text(1));
    assertEquals("place", texts.className(1));
    assertArrayEquals(new int[] {3, 1}, texts.countPerClass());
    assertEquals(List.of("where", "is", "it", "?"), texts.words().get(1));
    assertEquals("4 texts of 2 classes", texts.toString());
  }

  @Test
  void aTextWithTheSameWordsIsKeptOnce() {
    LabeledTexts distinct = texts.distinct();
    assertEquals(3, distinct.size());
    assertEquals("Who is he?", distinct.text(0));
    assertEquals("Who was she?", distinct.text(2));
  }

  @Test
  void subsetsKeepLabels() {
    LabeledTexts part = texts.subset(new int[] {1, 3, 1});
    assertArrayEquals(new int[] {1, 0, 1}, part.labels());
    assertEquals("Who was she?", part.text(1));
    assertEquals(2, texts.first(2).size());
    assertEquals(4, texts.first(9).size());
    assertThrows(IllegalArgumentException.class, () -> texts.first(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> texts.subset(new int[] {4}));
  }

  @Test
  void shufflingKeepsTheWords() {
    LabeledTexts shuffled = texts.shuffledWords(1);
    assertArrayEquals(texts.labels(), shuffled.labels());
    for (int i = 0; i < texts.size(); i++) {
      assertEquals(
          texts.words().get(i).stream().sorted().toList(),
          shuffled.words().get(i).stream().sorted().toList());
    }
    assertNotEquals(texts.words(), shuffled.words());
    assertEquals(shuffled.words(), texts.shuffledWords(1).words());
    assertNotEquals(shuffled.words(), texts.shuffledWords(2).words());
  }

  @Test
  void shufflingMakesNoNewWords() {
    var stops =
        new LabeledTexts(List.of("Where is St. Louis , Mo. ?", "?", ""), new int[3], CLASSES);
    for (long seed = 0; seed < 30; seed++) {
      List<List<String>> shuffled = stops.shuffledWords(seed).words();
      assertEquals(
          List.of(",", "?", "is", "louis", "mo.", "st.", "where"),
          shuffled.get(0).stream().sorted().toList());
      assertEquals("?", shuffled.get(0).get(6));
      assertEquals(List.of(List.of("?"), List.of()), shuffled.subList(1, 3));
    }
  }

  @Test
  void refusesLabelsThatDoNotFit() {
    for (int[] labels : new int[][] {{}, {0, 1}, {2}, {-1}}) {
      var problem =
          assertThrows(
              IllegalArgumentException.class,
              () -> new LabeledTexts(List.of("Who?"), labels, CLASSES));
      assertMentions(problem, "1 texts", "from 0 to 1");
    }
  }
}
