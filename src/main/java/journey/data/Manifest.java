package journey.data;

import com.google.gson.Gson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;

/**
 * What {@code data/manifest.json} says about the data sets: every file with its addresses, size and
 * SHA-256.
 */
record Manifest(List<Entry> datasets) {

  private static final Set<String> SCHEMES = Set.of("http", "https");

  /** A longer one is none. */
  private static final int LONGEST = 1 << 20;

  /**
   * One data set.
   *
   * @param name what it is called
   * @param folder the folder that holds its files
   * @param archive what is downloaded; null if each file is on its own
   * @param folderInArchive the folder's path in the archive; null if it is the same
   * @param files what the folder must hold
   */
  record Entry(String name, String folder, Item archive, String folderInArchive, List<Item> files) {
    Entry {
      require(name != null && folder != null && files != null, "%s lacks something", name);
      folderInArchive = folderInArchive == null ? folder : folderInArchive;
      for (Item download : archive == null ? files : List.of(archive)) {
        require(download.urls != null, "%s has no address (\"urls\")", download.name);
        for (URI url : download.urls) {
          boolean isWeb = url != null && url.getHost() != null && SCHEMES.contains(url.getScheme());
          require(isWeb, "only http:// and https:// can be fetched, not %s", url);
        }
      }
    }

    /** The file of this name. */
    Item file(String fileName) {
      return files.stream().filter(file -> file.name.equals(fileName)).findFirst().orElseThrow();
    }
  }

  /**
   * A file.
   *
   * @param size bytes
   * @param sha256 64 hexadecimal digits, lower case
   * @param urls where it can be had, the best first; null if it comes with an archive
   * @param mayBePrefix whether its first records alone are also of use
   * @param gz what lies at the addresses, if that is the file compressed with gzip; null otherwise
   */
  record Item(String name, long size, String sha256, List<URI> urls, boolean mayBePrefix, Gzip gz) {
    Item {
      boolean isWhole = name != null && size > 0 && sha256 != null;
      require(isWhole, "%s needs a name, a size and a SHA-256", name);
    }

    Item(String name, long size, String sha256, List<URI> urls) {
      this(name, size, sha256, urls, false, null);
    }

    /** What is downloaded for it. */
    Item download() {
      return gz == null ? this : new Item(name + ".gz", gz.size, gz.sha256, urls);
    }

    /** How a message describes the official content. */
    String content() {
      return content(size, sha256);
    }

    private static String content(long size, String sha256) {
      return String.format(Locale.ROOT, "%,d bytes with SHA-256 %s", size, sha256);
    }

    /**
     * Checks that what lies there is the official file, or may be its first records.
     *
     * @throws DataFileException if it isn't or cannot be read
     */
    void check(Path path, String remedy) {
      DataFileException.requireFile(path, content(), remedy);
      long length = path.toFile().length();
      if (mayBePrefix && length < size) {
        return;
      }
      try {
        // A longer one is not read: a strange file can have terabytes.
        String found =
            length <= size
                ? content(length, sha256Of(path))
                : String.format(Locale.ROOT, "%,d bytes", length);
        if (!found.equals(content())) {
          throw new DataFileException(path, content(), found, remedy);
        }
      } catch (IOException problem) {
        throw new DataFileException(path, content(), problem.toString(), remedy, problem);
      }
    }
  }

  /** The size and SHA-256 of a file compressed with gzip. */
  record Gzip(long size, String sha256) {}

  /** A file's SHA-256. An interrupt does not disturb the reading, for no channel is involved. */
  static String sha256Of(Path file) throws IOException {
    return new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(file.toFile());
  }

  /**
   * Reads a manifest.
   *
   * @throws DataFileException if it cannot be read or something is missing in it
   */
  static Manifest read(Path file) {
    try {
      Manifest manifest = new Gson().fromJson(SmallFile.read(file, LONGEST), Manifest.class);
      require(manifest != null && manifest.datasets != null, "%s lists no data sets", file);
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

  /**
   * The data set of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  Entry dataset(String name) {
    for (Entry entry : datasets) {
      if (entry.name.equals(name)) {
        return entry;
      }
    }
    throw new IllegalArgumentException(
        "data/manifest.json lists no data set \"%s\"; it lists %s"
            .formatted(name, datasets.stream().map(Entry::name).toList()));
  }

  private static void require(boolean holds, String otherwise, Object what) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise.formatted(what));
    }
  }
}
