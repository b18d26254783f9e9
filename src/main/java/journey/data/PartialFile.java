package journey.data;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * A file on its way here: {@code NAME.part}, which takes its real name only once it is complete and
 * verified. Beside it, {@code NAME.part.validator} holds the address it comes from and what that
 * server calls this version of the file, so that a later run can go on where this one stopped.
 *
 * <p>Every problem with the disk is a {@link DataFileException}: trying another server would not
 * help.
 */
final class PartialFile implements AutoCloseable {

  private final Path target;
  private final Path part;
  private final Path validatorFile;
  private final long expectedSize;
  private final RandomAccessFile file;
  private long size;

  /**
   * Opens what an earlier run left, or begins.
   *
   * @throws DataFileException if the file cannot be opened for writing
   */
  PartialFile(Path target, long expectedSize) {
    this.target = target;
    this.expectedSize = expectedSize;
    part = target.resolveSibling(target.getFileName() + ".part");
    validatorFile = target.resolveSibling(target.getFileName() + ".part.validator");
    file =
        onDisk(
            () -> {
              Files.createDirectories(part.toAbsolutePath().getParent());
              return new RandomAccessFile(part.toFile(), "rw");
            });
    size = onDisk(file::length);
    if (size > expectedSize) {
      discard();
    }
  }

  /** The bytes that are here. */
  long size() {
    return size;
  }

  /** The bytes the whole file has. */
  long expectedSize() {
    return expectedSize;
  }

  boolean isComplete() {
    return size == expectedSize;
  }

  /** What the server at this address called the version of which the first part is here. */
  Optional<String> validator(URI url) {
    if (!Files.exists(validatorFile)) {
      return Optional.empty();
    }
    List<String> lines = onDisk(() -> read(validatorFile)).lines().toList();
    boolean sameAddress = lines.size() == 2 && lines.get(0).equals(url.toString());
    return sameAddress ? Optional.of(lines.get(1)) : Optional.empty();
  }

  /** Throws away what is here. */
  void discard() {
    onDisk(
        () -> {
          if (size > 0) {
            file.setLength(0);
          }
          file.seek(0);
          Files.deleteIfExists(validatorFile);
          return null;
        });
    size = 0;
  }

  /**
   * Begins anew with the version of which {@code validator} is the server's name, if it has one.
   */
  void restart(URI url, Optional<String> validator) {
    discard();
    validator.ifPresent(name -> onDisk(() -> write(validatorFile, url + "\n" + name + "\n")));
  }

  /** Adds these bytes behind the ones that are here. */
  void append(ByteBuffer bytes) {
    byte[] chunk = new byte[bytes.remaining()];
    bytes.get(chunk);
    onDisk(
        () -> {
          file.seek(size);
          file.write(chunk);
          return null;
        });
    size += chunk.length;
  }

  /** The SHA-256 of what is here. */
  String sha256() {
    return onDisk(() -> Sha256.of(part));
  }

  /** Gives the file its real name. */
  void complete() {
    onDisk(
        () -> {
          file.getFD().sync();
          file.close();
          Files.deleteIfExists(validatorFile);
          return Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        });
  }

  /** Keeps what is here for a later run; leaves nothing if there is nothing. */
  @Override
  public void close() {
    onDisk(
        () -> {
          file.close();
          if (size == 0) {
            Files.deleteIfExists(part);
          }
          return null;
        });
  }

  // Plain streams: those of Files are closed by an interrupt, and the disk would seem at fault.

  private static String read(Path path) throws IOException {
    try (var in = new FileInputStream(path.toFile())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Path write(Path path, String text) throws IOException {
    try (var out = new FileOutputStream(path.toFile())) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return path;
  }

  @FunctionalInterface
  private interface DiskAccess<T> {
    T run() throws IOException;
  }

  private <T> T onDisk(DiskAccess<T> access) {
    try {
      return access.run();
    } catch (IOException problem) {
      throw new DataFileException(
          part,
          "a file that can be written, and room on the disk for %,d bytes".formatted(expectedSize),
          "%s after %,d bytes".formatted(problem.getMessage(), size),
          "make room on the disk or the folder writable, then run again; the download goes on from"
              + " there",
          problem);
    }
  }
}
