package journey.data;

import java.nio.file.Path;
import journey.file.RegularFile;

/**
 * A data file, or the place where it should lie, cannot be used as it is. Its message names the
 * file, what was expected, what was found and what to do.
 */
public final class DataFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String found;

  DataFileException(Path file, String expected, String found, String remedy) {
    this(file, expected, found, remedy, null);
  }

  DataFileException(Path file, String expected, String found, String remedy, Throwable cause) {
    super(
        "Cannot use %s%n  expected:   %s%n  found:      %s%n  what to do: %s"
            .formatted(file, expected, found, remedy),
        cause);
    this.found = found;
  }

  /** What was found, without the rest of the message. */
  public String found() {
    return found;
  }

  /**
   * Refuses what is no regular file, or one that this user may not read.
   *
   * @throws DataFileException if it is one of these
   */
  static void requireFile(Path path, String expected, String remedy) {
    RegularFile.otherwise(path)
        .ifPresent(
            found -> {
              throw new DataFileException(path, expected, found, remedy);
            });
  }
}
