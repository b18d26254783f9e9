package journey.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The processor's name as its maker writes it, or system and architecture if it is not known. */
final class ProcessorName {

  private static final Path LINUX = Path.of("/proc/cpuinfo");

  private ProcessorName() {}

  static String read() {
    return fromCpuInfo(LINUX)
        .or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")))
        .orElseGet(() -> System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  static Optional<String> fromCpuInfo(Path file) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
