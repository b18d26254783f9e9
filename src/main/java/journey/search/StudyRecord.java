package journey.search;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import journey.file.RegularFile;

/**
 * The file that a search can go on from: a line of JSON that says which search it is, then a line
 * for each trial, on the disk as soon as the trial has ended.
 */
final class StudyRecord implements AutoCloseable {

  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();
  private static final String REMEDY = "Name another file, or delete this one to begin anew";

  private final Path path;
  private final RandomAccessFile file;
  private final List<Trial> trials = new ArrayList<>();

  private StudyRecord(Path path) throws IOException {
    this.path = path;
    if (Files.exists(path)) {
      RegularFile.require(path, "the record of a search");
    }
    // Not a channel, which an interrupt would close.
    this.file = new RandomAccessFile(path.toFile(), "rw");
  }

  /**
   * Opens a record, or begins one.
   *
   * @param heading what tells one search from another
   * @throws IOException if the file can be neither read nor made, is written by a search that still
   *     goes on, or is no record of this search
   */
  static StudyRecord open(Path path, Map<String, String> heading, Space space) throws IOException {
    var record = new StudyRecord(path);
    try {
      record.lock();
      record.read(heading, space);
      return record;
    } catch (IOException | RuntimeException problem) {
      record.close();
      throw problem;
    }
  }

  private void lock() throws IOException {
    boolean free;
    try {
      free = file.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException ofThisProcess) {
      free = false;
    }
    if (!free) {
      throw new IOException(
          "%s is written by a search that still goes on. Wait for its end, or name another file"
              .formatted(path));
    }
  }

  private void read(Map<String, String> heading, Space space) throws IOException {
    List<String> lines = wholeLines();
    if (lines.isEmpty()) {
      write(heading);
      return;
    }
    int number = 0;
    try {
      require(heading, JSON.fromJson(lines.get(number), Map.class));
      for (number = 1; number < lines.size(); number++) {
        trials.add(JSON.fromJson(lines.get(number), Trial.class).in(space));
      }
    } catch (RuntimeException wrong) {
      throw new IOException(
          "line %d of %s is not what a search writes (%s). %s"
              .formatted(number + 1, path, wrong, REMEDY),
          wrong);
    }
  }

  private void require(Map<String, String> heading, Map<?, ?> found) throws IOException {
    for (Map.Entry<String, String> each : heading.entrySet()) {
      if (!each.getValue().equals(found.get(each.getKey()))) {
        throw new IOException(
            "%s is the record of another search, whose %s is \"%s\", not \"%s\". %s"
                .formatted(path, each.getKey(), found.get(each.getKey()), each.getValue(), REMEDY));
      }
    }
  }

  /** A search that was killed may have left half a line, which goes. */
  private List<String> wholeLines() throws IOException {
    byte[] bytes = new byte[Math.toIntExact(file.length())];
    file.readFully(bytes);
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    if (end < bytes.length) {
      System.out.printf("The last line of %s was cut off; that trial runs again.%n", path);
      file.setLength(end);
    }
    file.seek(end);
    return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
  }

  /** The trials of earlier searches. */
  List<Trial> trials() {
    return trials;
  }

  /** Adds a trial, which is on the disk when this returns. */
  void add(Trial trial) throws IOException {
    write(trial);
  }

  private void write(Object line) throws IOException {
    file.write((JSON.toJson(line) + "\n").getBytes(StandardCharsets.UTF_8));
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
