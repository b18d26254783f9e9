package journey.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sole right to write one data set, against the other threads of this process and against other
 * processes. The lock file stays behind: deleting it would let two waiting processes hold two
 * different files.
 */
final class FolderLock implements AutoCloseable {

  // The file lock belongs to the process, and on POSIX systems closing any channel on the file
  // gives
  // it up. So threads have to queue before they open the file at all.
  private static final ReentrantLock THREADS = new ReentrantLock(true);

  private static final long POLL_MILLIS = 50;

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until the lock is free.
   *
   * @param lockFile made if it does not exist
   * @throws DataFileException if the lock file cannot be made
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  static FolderLock acquire(Path lockFile) throws InterruptedException {
    THREADS.lockInterruptibly();
    FileChannel channel = null;
    try {
      channel = lock(lockFile);
      return new FolderLock(channel);
    } catch (ClosedByInterruptException interrupted) {
      Thread.interrupted();
      throw new InterruptedException("interrupted while waiting for " + lockFile.getFileName());
    } catch (IOException problem) {
      throw new DataFileException(
          lockFile,
          "a folder in which files can be made and locked",
          problem.toString(),
          "make the folder writable, or set JOURNEY_DATA to a folder that has the data",
          problem);
    } finally {
      if (channel == null) {
        THREADS.unlock();
      }
    }
  }

  private static FileChannel lock(Path lockFile) throws IOException, InterruptedException {
    Files.createDirectories(lockFile.getParent());
    FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        System.out.println("Waiting for another process that is fetching the same data");
        do {
          Thread.sleep(POLL_MILLIS);
        } while (channel.tryLock() == null);
      }
      return channel;
    } catch (IOException | InterruptedException problem) {
      channel.close();
      throw problem;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    } finally {
      THREADS.unlock();
    }
  }
}
