package journey.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** What is read must be a file: a pipe or a device may never end. */
public final class RegularFile {

  private RegularFile() {}

  /**
   * What lies there instead of a regular file that this user may read.
   *
   * @return words for "found ...", such as "a folder, no file"; empty if all is well
   */
  public static Optional<String> otherwise(Path path) {
    Objects.requireNonNull(path, "the path of a file must be given, but it is null");
    if (Files.isRegularFile(path)) {
      return Files.isReadable(path)
          ? Optional.empty()
          : Optional.of("a file that this user may not read");
    }
    if (Files.isDirectory(path)) {
      return Optional.of("a folder, no file");
    }
    return Optional.of(
        Files.exists(path) ? "a pipe, a device or something else, no file" : "no such file");
  }

  /**
   * Refuses anything else.
   *
   * @param expected what the file should be: "a network that was saved"
   * @throws IOException that says what lies there instead
   */
  public static void require(Path path, String expected) throws IOException {
    Optional<String> otherwise = otherwise(path);
    if (otherwise.isPresent()) {
      throw new IOException(
          "%s must be %s, but there is %s".formatted(path, expected, otherwise.get()));
    }
  }
}
