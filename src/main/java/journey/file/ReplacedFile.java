package journey.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file that is written beside its place, as {@code NAME.PROCESS-NUMBER.part}, and takes the place
 * of an earlier one only once it is whole and on the disk. Whoever else writes the same file at the
 * same time has a part of their own; the last to end wins. A part whose process was killed is
 * deleted by the next who writes into the folder.
 */
public final class ReplacedFile {

  private static final Pattern PART = Pattern.compile(".*\\.(\\d{1,18})-[0-9a-f]{8}\\.part");
  private static final SecureRandom RANDOM = new SecureRandom();

  private ReplacedFile() {}

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it, and leaves the stream open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file into a folder that exists.
   *
   * @throws IOException if it cannot be written; it names the file, and an earlier one is as it was
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path part = newPart(target);
    try {
      if (Files.isDirectory(target)) {
        throw new IOException("there is a folder of this name");
      }
      if (!Files.isDirectory(target.getParent())) {
        throw new IOException("there is no folder " + target.getParent());
      }
      deleteAbandoned(target.getParent());
      // Not a channel, which an interrupt would close.
      try (var out = new FileOutputStream(part.toFile())) {
        lock(out);
        content.writeTo(out);
        out.getFD().sync();
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException problem) {
      throw new IOException(
          "%s could not be written (%s). Is there room on the disk, and may this user write there? An earlier file of this name is as it was"
              .formatted(file, problem),
          problem);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Path newPart(Path target) {
    return target.resolveSibling(
        "%s.%d-%08x.part"
            .formatted(target.getFileName(), ProcessHandle.current().pid(), RANDOM.nextInt()));
  }

  /** The parts of a file that somebody is writing now, or has left behind. */
  public static List<Path> parts(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    String beginning = target.getFileName() + ".";
    return parts(target.getParent(), beginning);
  }

  private static List<Path> parts(Path folder, String beginning) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              each -> {
                String name = each.getFileName().toString();
                return name.startsWith(beginning) && PART.matcher(name).matches();
              })
          .toList();
    }
  }

  private static void deleteAbandoned(Path folder) throws IOException {
    for (Path part : parts(folder, "")) {
      if (!isAlive(part) && !isHeld(part)) {
        Files.deleteIfExists(part);
      }
    }
  }

  private static boolean isAlive(Path part) {
    Matcher name = PART.matcher(part.getFileName().toString());
    return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isPresent();
  }

  /** The number of a process in another container or on another machine means nothing here. */
  private static boolean isHeld(Path part) {
    try (var out = new FileOutputStream(part.toFile(), true)) {
      return out.getChannel().tryLock() == null;
    } catch (IOException | OverlappingFileLockException unknown) {
      return true;
    }
  }

  private static void lock(FileOutputStream out) {
    try {
      out.getChannel().tryLock();
    } catch (IOException noLocks) {
      // Then nobody who does not know this process can get one either, and leaves the part alone.
    }
  }
}
