package journey.data;

import com.google.gson.Gson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code data/manifest.json} says about the data sets: every file with its addresses, size and
 * SHA-256.
 */
record Manifest(List<Entry> datasets) {

  Manifest {
    datasets = List.copyOf(datasets);
  }

  /**
   * One data set.
   *
   * @param name what it is called
   * @param folder the folder that holds its files
   * @param archive what is downloaded; null if each file is on its own
   * @param folderInArchive the folder's path in the archive, where that is another
   * @param files what the folder must hold
   */
  record Entry(
      String name, String folder, Download archive, String folderInArchive, List<DataFile> files) {
    Entry {
      require(name != null && !name.isBlank(), "a data set has no name");
      require(isPlainName(folder), name + " has the folder \"" + folder + "\"");
      require(files != null, name + " has no files");
      files = List.copyOf(files);
      folderInArchive = folderInArchive == null ? folder : folderInArchive;
      if (archive == null) {
        require(!files.isEmpty(), name + " has neither an archive nor files");
        files.forEach(DataFile::download);
      } else {
        require(
            archive.name().matches(".*\\.(zip|tar\\.gz|tgz)"),
            name + " has the archive \"" + archive.name() + "\", neither tar.gz nor zip");
      }
    }

    /** The file of this name. */
    DataFile file(String fileName) {
      return files.stream().filter(file -> file.name().equals(fileName)).findFirst().orElseThrow();
    }

    /** Whether a file of this name is among them. */
    boolean lists(Path file) {
      return files.stream().anyMatch(listed -> file.endsWith(listed.name()));
    }
  }

  /**
   * What can be downloaded.
   *
   * @param size bytes
   * @param sha256 64 hexadecimal digits, lower case
   * @param urls where it can be had, the best first
   */
  record Download(String name, long size, String sha256, List<URI> urls) {
    Download {
      requireFile(name, size, sha256);
      require(urls != null && !urls.isEmpty(), name + " has no address (\"urls\")");
      urls = List.copyOf(urls);
      for (URI url : urls) {
        require(
            url.getHost() != null && String.valueOf(url.getScheme()).matches("https?"),
            "%s has the address \"%s\", neither http nor https".formatted(name, url));
      }
    }
  }

  /**
   * A file of the data set's folder.
   *
   * @param size bytes
   * @param sha256 64 hexadecimal digits, lower case
   * @param mayBePrefix whether the first records alone are also of use
   * @param gz what lies at the addresses, if that is the file compressed with gzip; null otherwise
   * @param urls where it can be had, the best first; null if it comes with an archive
   */
  record DataFile(
      String name, long size, String sha256, boolean mayBePrefix, Gzip gz, List<URI> urls) {
    DataFile {
      requireFile(name, size, sha256);
    }

    /** What is downloaded for it. */
    Download download() {
      return gz == null
          ? new Download(name, size, sha256, urls)
          : new Download(name + ".gz", gz.size(), gz.sha256(), urls);
    }
  }

  /** The size and SHA-256 of a file compressed with gzip. */
  record Gzip(long size, String sha256) {}

  /**
   * Reads a manifest.
   *
   * @throws DataFileException if it cannot be read or something is missing in it
   */
  static Manifest read(Path file) {
    try {
      Manifest manifest = new Gson().fromJson(Files.readString(file), Manifest.class);
      require(manifest != null, "the file is empty");
      return manifest;
    } catch (IOException | RuntimeException problem) {
      // Gson wraps what a record's constructor throws.
      Throwable cause = problem.getCause() == null ? problem : problem.getCause();
      throw new DataFileException(
          file,
          "the list of data sets, each file with its addresses, size and SHA-256",
          cause.toString(),
          "restore the file from version control",
          problem);
    }
  }

  /** The data set of this name. */
  Entry dataset(String name) {
    return datasets.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "data/manifest.json lists no data set \"%s\"; it lists %s"
                        .formatted(
                            name,
                            datasets.stream().map(Entry::name).collect(Collectors.joining(", ")))));
  }

  private static void requireFile(String name, long size, String sha256) {
    require(isPlainName(name), "a file has the name \"" + name + "\"");
    require(size > 0, name + " has the size " + size);
    require(sha256 != null && sha256.matches("[0-9a-f]{64}"), name + " has the SHA-256 " + sha256);
  }

  private static boolean isPlainName(String name) {
    return name != null && name.matches("[A-Za-z0-9][A-Za-z0-9._-]*");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
