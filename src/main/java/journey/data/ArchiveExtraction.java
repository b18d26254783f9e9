package journey.data;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Unpacks a data set's archive: into a folder aside first, which takes its real name only once it
 * is complete. An archive that would write elsewhere, that holds links, or that holds more than
 * expected, is refused as a whole.
 *
 * <p>Whoever calls it holds the {@link FolderLock} of the folder.
 */
final class ArchiveExtraction {

  // For what the manifest does not list, such as a page that describes the data.
  private static final long LARGEST_UNLISTED = 1_000_000;
  private static final int MOST_ENTRIES = 1_000;
  private static final int CHUNK = 1 << 16;

  private final Manifest.Entry dataset;
  private final Path archive;
  private final Path aside;

  /**
   * @param archive a tar file compressed with gzip
   * @param into where the data set's folder will lie
   */
  ArchiveExtraction(Manifest.Entry dataset, Path archive, Path into) {
    this.dataset = dataset;
    this.archive = archive;
    this.aside = into.toAbsolutePath().normalize().resolve("." + dataset.folder() + ".unpacking");
  }

  /**
   * Unpacks.
   *
   * @return the data set's folder
   * @throws DataFileException if the archive is refused, damaged or incomplete, or the disk takes
   *     no more
   * @throws InterruptedException if the thread is interrupted; nothing is left then
   */
  Path run() throws InterruptedException {
    try {
      deleteAll(aside); // what a killed process left
      Files.createDirectories(aside);
      unpack();
      requireListedFiles();
      Path folder = aside.resolveSibling(dataset.folder());
      return Files.move(aside.resolve(dataset.folder()), folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException problem) {
      throw new DataFileException(
          archive,
          "an archive that can be unpacked, and room on the disk for its files",
          problem.toString(),
          "make room on the disk and run again; if that does not help, delete the archive, and it"
              + " will be downloaded again",
          problem);
    } finally {
      cleanUp();
    }
  }

  private void unpack() throws IOException, InterruptedException {
    int entries = 0;
    try (var tar = open()) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while unpacking " + archive.getFileName());
        }
        if (++entries > MOST_ENTRIES) {
          throw refused("at most " + MOST_ENTRIES + " entries", "more");
        }
        unpack(entry, tar);
      }
    }
  }

  private TarArchiveInputStream open() throws IOException {
    InputStream file = new BufferedInputStream(new FileInputStream(archive.toFile()), CHUNK);
    try {
      return new TarArchiveInputStream(new GzipCompressorInputStream(file));
    } catch (IOException notGzip) {
      file.close();
      throw notGzip;
    }
  }

  private void unpack(TarArchiveEntry entry, InputStream content) throws IOException {
    Path place = placeOf(entry);
    requirePlain(entry);
    if (entry.isDirectory()) {
      Files.createDirectories(place);
      return;
    }
    requireSize(entry);
    Files.createDirectories(place.getParent());
    try (OutputStream out = new FileOutputStream(place.toFile())) {
      content.transferTo(out);
    }
  }

  private Path placeOf(TarArchiveEntry entry) {
    Path place = aside.resolve(entry.getName()).normalize();
    if (!place.startsWith(aside)) {
      throw refused("entries that stay inside the folder", "the entry \"" + entry.getName() + "\"");
    }
    return place;
  }

  private void requirePlain(TarArchiveEntry entry) {
    boolean special =
        entry.isSymbolicLink()
            || entry.isLink()
            || entry.isCharacterDevice()
            || entry.isBlockDevice()
            || entry.isFIFO()
            || entry.isSparse();
    if (special || !(entry.isFile() || entry.isDirectory())) {
      throw refused(
          "only files and folders",
          "the entry \"" + entry.getName() + "\", a link or a special file");
    }
  }

  private void requireSize(TarArchiveEntry entry) {
    long largest =
        dataset.files().stream()
            .filter(file -> entry.getName().equals(dataset.folder() + "/" + file.name()))
            .mapToLong(Manifest.DataFile::size)
            .findFirst()
            .orElse(LARGEST_UNLISTED);
    if (entry.getSize() > largest) {
      throw refused(
          "an entry \"%s\" of at most %,d bytes".formatted(entry.getName(), largest),
          "%,d bytes".formatted(entry.getSize()));
    }
  }

  private void requireListedFiles() throws IOException {
    for (Manifest.DataFile file : dataset.files()) {
      Path place = aside.resolve(dataset.folder()).resolve(file.name());
      String name = dataset.folder() + "/" + file.name();
      if (!Files.isRegularFile(place)) {
        throw refused("the entry \"" + name + "\"", "none of this name");
      }
      String found = Sha256.of(place);
      if (!found.equals(file.sha256())) {
        throw refused("%s with SHA-256 %s".formatted(name, file.sha256()), "SHA-256 " + found);
      }
    }
  }

  private DataFileException refused(String expected, String found) {
    return new DataFileException(
        archive,
        expected,
        found,
        "do not unpack it by other means either; delete it, and the official archive will be"
            + " downloaded");
  }

  private void cleanUp() {
    try {
      deleteAll(aside);
    } catch (IOException problem) {
      throw new DataFileException(
          aside, "a folder that can be deleted", problem.toString(), "delete it by hand", problem);
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
