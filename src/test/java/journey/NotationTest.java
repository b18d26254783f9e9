package journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Numbers look alike under every locale. ArchitectureTest forbids what bytecode shows. */
class NotationTest {

  /** {@code "%,d".formatted(x)}, over any number of lines, has the locale's separators. */
  private static final Pattern SEPARATORS_OF_THE_LOCALE =
      Pattern.compile(
          "\"[^\"\n]*%\\d*[,.](?:[^\"\\\\\n]|\\\\.)*\"(?:[\\s+)]|\"(?:[^\"\\\\\n]|\\\\.)*\")*\\.formatted\\(");

  @Test
  void separatorsAreNotTheLocales() throws IOException {
    List<String> found = new ArrayList<>();
    for (String folder : List.of("main", "cluster")) {
      try (Stream<Path> files = Files.walk(Path.of("src", folder, "java"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          SEPARATORS_OF_THE_LOCALE
              .matcher(Files.readString(file))
              .results()
              .forEach(match -> found.add(file + ": " + match.group()));
        }
      }
    }
    assertEquals(List.of(), found, "use String.format(Locale.ROOT, ...)");
  }
}
