package journey.data;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.examples.Expander;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Brings a data set into a folder, whoever else is about to do the same. It is put together in a
 * folder aside, which takes its real name once it is complete.
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
   * @throws InterruptedException if the thread is interrupted; the next call goes on from there
   */
  Path run() throws InterruptedException {
    Path folder = into.resolve(dataset.folder());
    return FolderLock.whileHolding(
        into.resolve("." + dataset.folder() + ".lock"),
        // Another process may have brought it while this one waited.
        () -> Files.exists(folder) ? folder : fetch(folder));
  }

  private Path fetch(Path folder) throws InterruptedException {
    Path aside = into.resolve("." + dataset.folder() + ".part");
    try {
      if (dataset.archive() == null) {
        fetchFiles(aside);
        return Files.move(aside, folder, ATOMIC_MOVE);
      }
      Path archive = into.resolve(dataset.archive().name());
      boolean given = Files.exists(archive);
      if (given) {
        String remedy = "delete it, and it will be downloaded again";
        Dataset.check(archive, dataset.archive().size(), dataset.archive().sha256(), remedy);
      } else {
        downloader.download(dataset.archive(), into);
      }
      unpack(archive, aside, folder);
      if (!given) {
        Files.delete(archive);
      }
      return folder;
    } catch (IOException problem) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while unpacking " + dataset.name());
      }
      throw new DataFileException(
          folder,
          "room on the disk for the data set's files",
          problem.toString(),
          "make room on the disk or the folder writable, then run again",
          problem);
    }
  }

  /** Fetches the files that are not aside yet; what has come stays there for the next call. */
  private void fetchFiles(Path aside) throws IOException, InterruptedException {
    Files.createDirectories(aside);
    try {
      for (Manifest.DataFile file : dataset.files()) {
        Path target = aside.resolve(file.name());
        if (!Files.exists(target)) {
          Path came = downloader.download(file.download(), aside);
          if (file.gz() != null) {
            gunzip(came, target);
          }
        }
      }
    } finally {
      aside.toFile().delete(); // if it is empty
    }
  }

  private static void gunzip(Path packed, Path target) throws IOException {
    Path unpacking = target.resolveSibling(target.getFileName() + ".unpacking");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      Files.copy(in, unpacking, REPLACE_EXISTING);
    }
    Files.move(unpacking, target, ATOMIC_MOVE);
    Files.delete(packed);
  }

  private void unpack(Path archive, Path aside, Path folder) throws IOException {
    try {
      deleteAll(aside); // what a killed process left
      Files.createDirectories(aside);
      if (archive.toString().endsWith(".zip")) {
        new Expander().expand("zip", archive, aside);
      } else {
        try (var file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
            var tar = new TarArchiveInputStream(new GZIPInputStream(file, 1 << 16))) {
          new Expander().expand(tar, aside);
        }
      }
      Files.move(aside.resolve(dataset.folderInArchive()), folder, ATOMIC_MOVE);
    } finally {
      deleteAll(aside);
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
