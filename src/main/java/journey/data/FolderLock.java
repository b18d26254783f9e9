package journey.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sole right to write one data set, against the other threads of this process and against other
 * processes. The lock file stays behind: deleting it would let two waiting processes hold two
 * different files.
 */
final class FolderLock {

  // The file lock belongs to the process, and on POSIX systems closing any channel on the file
  // gives it up. So threads have to queue before they open the file at all.
  private static final ReentrantLock THREADS = new ReentrantLock(true);

  private FolderLock() {}

  /** What needs the lock. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws InterruptedException;
  }

  /**
   * Waits until the lock is free, and holds it while the work runs. A file system without locks is
   * taken as it is.
   *
   * @param lockFile made if it does not exist
   * @throws DataFileException if the lock file cannot be made
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  static <T> T whileHolding(Path lockFile, Work<T> work) throws InterruptedException {
    THREADS.lockInterruptibly();
    try (FileChannel channel = open(lockFile)) {
      lock(channel);
      return work.run();
    } catch (IOException problem) {
      throw unusable(lockFile, problem);
    } finally {
      THREADS.unlock();
    }
  }

  private static FileChannel open(Path lockFile) throws IOException {
    Files.createDirectories(lockFile.getParent());
    return FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void lock(FileChannel channel) throws InterruptedException {
    try {
      if (channel.tryLock() == null) {
        System.out.println("Waiting for another process that is fetching the same data");
        channel.lock();
      }
    } catch (FileLockInterruptionException interrupted) {
      Thread.interrupted();
      throw new InterruptedException("interrupted while waiting for another process");
    } catch (IOException noLocks) {
      System.out.println(
          "This file system has no locks (%s): let only one process fetch data at a time"
              .formatted(noLocks.getMessage()));
    }
  }

  private static DataFileException unusable(Path lockFile, IOException problem) {
    return new DataFileException(
        lockFile,
        "a folder in which files can be made",
        problem.toString(),
        "make the folder writable, or set JOURNEY_DATA to a folder that has the data",
        problem);
  }
}
