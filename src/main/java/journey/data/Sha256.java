package journey.data;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The SHA-256 of bytes that pass by. */
final class Sha256 {

  private static final int CHUNK = 1 << 18;

  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** The sum of a whole file. */
  static String of(Path file) throws IOException {
    var sum = new Sha256();
    byte[] chunk = new byte[CHUNK];
    // A channel would be closed by an interrupt, and the file then look unreadable.
    try (InputStream in = new FileInputStream(file.toFile())) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        sum.add(chunk, n);
      }
    }
    return sum.hex();
  }

  /** The sum of these bytes. */
  static String of(byte[] bytes) {
    var sum = new Sha256();
    sum.add(bytes, bytes.length);
    return sum.hex();
  }

  /** How a message names a file's content. */
  static String describe(long size, String sha256) {
    return String.format(Locale.ROOT, "%,d bytes with SHA-256 %s", size, sha256);
  }

  /** Takes in the first {@code length} of these bytes. */
  void add(byte[] bytes, int length) {
    digest.update(bytes, 0, length);
  }

  /** The sum as 64 hexadecimal digits in lower case; starts anew after that. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
