package journey.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings a data set into a folder, whoever else is about to do the same. */
final class DatasetFetch {

  private final Manifest.Entry dataset;
  private final Path into;
  private final Downloader downloader;

  /**
   * @param into where the data set's folder will lie
   */
  DatasetFetch(Manifest.Entry dataset, Path into, Downloader downloader) {
    this.dataset = dataset;
    this.into = into;
    this.downloader = downloader;
  }

  /**
   * Downloads and unpacks what is not there yet. An archive that someone put there is used.
   *
   * @return the data set's folder
   * @throws DownloadException if the archive cannot be had
   * @throws DataFileException if what is there or what comes is not the official archive, or the
   *     disk takes no more
   * @throws InterruptedException if the thread is interrupted; the next call goes on from there
   */
  Path run() throws DownloadException, InterruptedException {
    FolderLock lock = FolderLock.acquire(into.resolve("." + dataset.folder() + ".lock"));
    try {
      Path folder = into.resolve(dataset.folder());
      // Another process may have brought it while this one waited.
      return Files.exists(folder) ? folder : downloadAndUnpack();
    } finally {
      lock.close();
    }
  }

  private Path downloadAndUnpack() throws DownloadException, InterruptedException {
    Path archive = into.resolve(dataset.archive().name());
    boolean given = Files.exists(archive);
    if (given) {
      requireOfficial(archive);
    } else {
      downloader.download(dataset.archive(), into);
    }
    Path folder = new ArchiveExtraction(dataset, archive, into).run();
    if (!given) {
      delete(archive);
    }
    return folder;
  }

  private void requireOfficial(Path archive) {
    String expected = "SHA-256 " + dataset.archive().sha256();
    String remedy = "delete it, and it will be downloaded again";
    try {
      String found = Sha256.of(archive);
      if (!found.equals(dataset.archive().sha256())) {
        throw new DataFileException(
            archive,
            "%s, %,d bytes".formatted(expected, dataset.archive().size()),
            "SHA-256 %s, %,d bytes".formatted(found, Files.size(archive)),
            remedy);
      }
    } catch (IOException problem) {
      throw new DataFileException(archive, expected, problem.toString(), remedy, problem);
    }
  }

  private static void delete(Path archive) {
    try {
      Files.delete(archive);
    } catch (IOException problem) {
      throw new DataFileException(
          archive, "a file that can be deleted", problem.toString(), "delete it by hand", problem);
    }
  }
}
