package journey.data;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.examples.Expander;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.FileUtils;

/**
 * Brings a data set into a folder. It is put together in a folder aside, which takes its real name
 * once it is complete. Other threads and processes that want the same wait.
 *
 * @param into where the data set's folder will lie
 */
record DatasetFetch(Manifest.Entry dataset, Path into, Downloader downloader) {

  /**
   * Downloads and unpacks what is not there yet. An archive that someone put there is used.
   *
   * @return the data set's folder
   * @throws DataUnavailableException if a file cannot be had
   * @throws DataFileException if what is there or what comes is not the official file, or the disk
   *     takes no more
   * @throws CancellationException if the thread is interrupted; the next call goes on from there
   */
  Path run() {
    Path folder = into.resolve(dataset.folder());
    // The file lock belongs to the process, and on POSIX systems closing any channel on the file
    // gives it up. So threads have to queue before they open the file at all.
    synchronized (DatasetFetch.class) {
      try {
        Files.createDirectories(into);
        // This file stays: two who wait could otherwise hold the locks of two different files.
        try (var file = FileChannel.open(aside(".lock"), CREATE, WRITE)) {
          lock(file);
          if (!Files.exists(folder)) { // nobody has brought it in the meantime
            fetch(folder);
          }
          return folder;
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw stopped();
      } catch (IOException problem) {
        if (Thread.currentThread().isInterrupted()) {
          throw stopped();
        }
        throw new DataFileException(
            folder,
            "a folder in which files can be made, and room on the disk for them",
            problem.toString(),
            "make room on the disk or the folder writable, let JOURNEY_WORK name one that is, or"
                + " set JOURNEY_DATA to a folder that has the data; then run again",
            problem);
      }
    }
  }

  private CancellationException stopped() {
    return new CancellationException(
        "Fetching %s was interrupted; run this again, and it goes on from there"
            .formatted(dataset.name()));
  }

  private Path aside(String suffix) {
    return into.resolve("." + dataset.folder() + suffix);
  }

  private static void lock(FileChannel file) throws IOException {
    try {
      if (file.tryLock() == null) {
        System.out.println("Waiting for another process that is fetching the same data");
        file.lock();
      }
    } catch (FileLockInterruptionException interrupted) {
      throw interrupted;
    } catch (IOException noLocks) {
      System.out.println(
          "This file system has no locks (%s): let only one process fetch data at a time"
              .formatted(noLocks.getMessage()));
    }
  }

  private void fetch(Path folder) throws IOException, InterruptedException {
    Path aside = aside(".part");
    if (dataset.archive() == null) {
      Files.createDirectories(aside);
      // What an earlier call has brought is still there.
      List<Manifest.Item> missing =
          dataset.files().stream()
              .filter(file -> !Files.exists(aside.resolve(file.name())))
              .toList();
      announce(missing.stream().map(Manifest.Item::download).toList(), aside);
      for (Manifest.Item file : missing) {
        fetch(file, aside);
      }
      Files.move(aside, folder, ATOMIC_MOVE);
      return;
    }
    Path archive = into.resolve(dataset.archive().name());
    boolean isOwn = Files.exists(archive);
    if (isOwn) {
      dataset.archive().check(archive, "delete it, and it will be downloaded again");
    } else {
      announce(List.of(dataset.archive()), into);
      downloader.download(dataset.archive(), into);
    }
    FileUtils.deleteDirectory(aside.toFile()); // what a killed process left
    try {
      unpack(archive, aside);
      Files.move(aside.resolve(dataset.folderInArchive()), folder, ATOMIC_MOVE);
    } finally {
      FileUtils.deleteDirectory(aside.toFile());
    }
    if (!isOwn) {
      Files.delete(archive);
    }
  }

  /** Says what is about to come, before it does. */
  private void announce(List<Manifest.Item> downloads, Path folder) {
    long bytes = downloads.stream().mapToLong(file -> Downloader.missing(file, folder)).sum();
    System.out.printf(
        Locale.ROOT,
        "Downloading %s: %.1f MB, about %.0f s at 50 Mbit/s.%n",
        dataset.name(),
        bytes / 1e6,
        Math.ceil(bytes / (50e6 / 8)));
  }

  private void fetch(Manifest.Item file, Path aside) throws IOException, InterruptedException {
    Path came = downloader.download(file.download(), aside);
    if (file.gz() != null) {
      Path unpacking = aside.resolve(file.name() + ".unpacking");
      try (var in = new GZIPInputStream(Files.newInputStream(came))) {
        Files.copy(in, unpacking, REPLACE_EXISTING);
      }
      Files.move(unpacking, aside.resolve(file.name()), ATOMIC_MOVE);
      Files.delete(came);
    }
  }

  private static void unpack(Path archive, Path aside) throws IOException {
    if (archive.toString().endsWith(".zip")) {
      new Expander().expand("zip", archive, aside);
      return;
    }
    try (var packed = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
        var tar = new TarArchiveInputStream(new GZIPInputStream(packed, 1 << 16))) {
      new Expander().expand(tar, aside);
    }
  }
}
