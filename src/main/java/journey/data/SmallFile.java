package journey.data;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import journey.file.RegularFile;

/** Text files that are read whole, which a damaged or strange one must not make endless. */
final class SmallFile {

  private SmallFile() {}

  /**
   * The text of a file, in UTF-8; bytes that are not become �.
   *
   * @param longest how many bytes it may have
   * @throws IOException if it is longer or no regular file, or cannot be read
   */
  static String read(Path file, int longest) throws IOException {
    return read(file, longest, StandardCharsets.UTF_8);
  }

  /** The same in another encoding. */
  static String read(Path file, int longest, Charset encoding) throws IOException {
    Optional<String> otherwise = RegularFile.otherwise(file);
    if (otherwise.isPresent()) {
      throw new IOException(otherwise.get());
    }
    // A channel would be closed by an interrupt, and the file then look unreadable.
    try (var in = new FileInputStream(file.toFile())) {
      byte[] bytes = in.readNBytes(longest + 1);
      if (bytes.length > longest) {
        throw new IOException(String.format(Locale.ROOT, "it has more than %,d bytes", longest));
      }
      return new String(bytes, encoding);
    }
  }
}
