package journey.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "What is an atom ?|what is an atom ?",
        "What's an atom?|what 's an atom ?",
        "When did the U.S. buy it in 1803?|when did the u.s. buy it in 0000 ?",
        "Who doesn't know \"Hamlet\", the play?|who does n't know \" hamlet \" , the play ?",
        "Name a flower.|name a flower .",
        "Where is Washington, D.C.|where is washington , d.c.",
        "What does `` laser '' mean ?|what does `` laser '' mean ?",
        "Where is ISTANBUL ?|where is istanbul ?",
        "An o'clock|an o'clock"
      })
  void aTextBecomesTheWordsOfTrec(String text, String words) {
    assertEquals(List.of(words.split(" ")), Tokenizer.words(text));
  }

  @Test
  void wordsOfWordsAreTheSame() {
    String text = "What's the U.S. population in 1999, and who isn't counted?";
    List<String> words = Tokenizer.words(text);
    assertEquals(words, Tokenizer.words(String.join(" ", words)));
  }

  @Test
  void aBlankTextHasNone() {
    assertEquals(List.of(), Tokenizer.words(" \n "));
  }

  @Test
  void runsKnowTheBeginning() {
    assertEquals(
        List.of("who", "was", "he", "^ who", "who was", "was he"),
        Tokenizer.runs(List.of("who", "was", "he"), 2));
    assertEquals(List.of("who", "was"), Tokenizer.runs(List.of("who", "was"), 1));
    assertEquals(List.of("who", "^ who"), Tokenizer.runs(List.of("who"), 3));
    assertThrows(IllegalArgumentException.class, () -> Tokenizer.runs(List.of("who"), 0));
  }
}
