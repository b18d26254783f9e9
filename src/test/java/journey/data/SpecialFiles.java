package journey.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Files that must not make a reader wait for ever or fill the memory. */
public final class SpecialFiles {

  private SpecialFiles() {}

  /** A pipe with nobody at its other end, at which a reader waits for ever. */
  public static Path fifo(Path file) throws IOException {
    try {
      assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
    return file;
  }

  /** Makes a file seem to have a terabyte, almost all of it nowhere. */
  public static void sparse(Path file) throws IOException {
    try (var out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(1L << 40);
    }
  }
}
