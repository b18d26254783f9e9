package journey.cnn;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a folder of checkpoints for one training at a time, in this process and in all others. The
 * system gives it back when the process ends, however that comes about; the file {@code .lock}
 * stays, as two who come at once could otherwise hold the locks of two different files.
 */
final class TrainingLock implements AutoCloseable {

  /**
   * The file lock belongs to the process, and on POSIX systems closing any channel on the file
   * gives it up. So threads have to ask here before they open the file at all.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final RandomAccessFile file;

  private TrainingLock(Path folder, RandomAccessFile file) {
    this.folder = folder;
    this.file = file;
  }

  /**
   * Takes a folder that exists.
   *
   * @throws CheckpointException if another training has it
   * @throws IOException if no file can be made there
   */
  static TrainingLock of(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!HELD_HERE.add(real)) {
      throw taken(folder, "of this process");
    }
    boolean ours = false;
    try {
      // Not a channel, which an interrupt would close.
      var file = new RandomAccessFile(real.resolve(".lock").toFile(), "rw");
      try {
        if (lock(file, folder)) {
          ours = true;
          return new TrainingLock(real, file);
        }
        String owner = file.readLine();
        throw taken(folder, owner == null ? "of another process" : "of process " + owner);
      } finally {
        if (!ours) {
          file.close();
        }
      }
    } finally {
      if (!ours) {
        HELD_HERE.remove(real);
      }
    }
  }

  /** Says no if another process has the lock; the file tells which. */
  private static boolean lock(RandomAccessFile file, Path folder) throws IOException {
    try {
      FileLock lock = file.getChannel().tryLock();
      if (lock == null) {
        return false;
      }
    } catch (IOException noLocks) {
      System.out.printf(
          "%s is on a file system without locks (%s): let only one training at a time use it%n",
          folder, noLocks.getMessage());
    }
    file.setLength(0);
    file.write(("" + ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII));
    return true;
  }

  private static CheckpointException taken(Path folder, String whose) {
    return new CheckpointException(
        "Another training %s keeps its checkpoints in %s. Name another folder, wait until that training has ended, or end it (in a notebook: stop its cell, or restart its kernel)."
            .formatted(whose, folder));
  }

  /** Gives the folder back. */
  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      HELD_HERE.remove(folder);
    }
  }
}
