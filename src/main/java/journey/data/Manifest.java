package journey.data;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code data/manifest.json} says about the data sets: every file with its address, size and
 * SHA-256.
 */
record Manifest(List<Entry> datasets) {

  private static final String SHA256 = "[0-9a-f]{64}";

  Manifest {
    datasets = List.copyOf(datasets);
  }

  /**
   * One data set.
   *
   * @param name what it is called
   * @param folder the folder that holds its files, in the archive as in {@code data/}
   * @param archive what is downloaded
   * @param files what the folder must hold
   */
  record Entry(String name, String folder, Archive archive, List<DataFile> files) {
    Entry {
      require(!name.isBlank(), "a data set has no name");
      require(isPlainName(folder), name + " has the folder \"" + folder + "\"");
      require(archive != null, name + " has no archive");
      files = List.copyOf(files);
    }

    /** The file of this name. */
    DataFile file(String fileName) {
      return files.stream()
          .filter(file -> file.name().equals(fileName))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException(name + " has no file " + fileName + " listed"));
    }
  }

  /**
   * A compressed tar archive.
   *
   * @param size bytes
   * @param sha256 64 hexadecimal digits, lower case
   * @param urls where it can be had, the best first
   */
  record Archive(String name, long size, String sha256, List<URI> urls) {
    Archive {
      requireFile(name, size, sha256);
      urls = List.copyOf(urls);
      require(!urls.isEmpty(), name + " has no URL");
    }
  }

  /**
   * A file of the data set's folder.
   *
   * @param size bytes
   * @param sha256 64 hexadecimal digits, lower case
   * @param mayBePrefix whether the first records alone are also of use
   */
  record DataFile(String name, long size, String sha256, boolean mayBePrefix) {
    DataFile {
      requireFile(name, size, sha256);
    }
  }

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
    } catch (IOException | JsonParseException | IllegalArgumentException problem) {
      throw unusable(file, problem);
    } catch (RuntimeException problem) {
      // Gson wraps what a record's constructor throws.
      throw unusable(file, problem.getCause() == null ? problem : problem.getCause());
    }
  }

  /** The data set of this name. */
  Entry dataset(String name) {
    return datasets.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("the manifest lists no data set named " + name));
  }

  private static DataFileException unusable(Path file, Throwable problem) {
    return new DataFileException(
        file,
        "the list of data sets, each file with its address, size and SHA-256",
        problem.toString(),
        "restore the file from version control",
        problem);
  }

  private static void requireFile(String name, long size, String sha256) {
    require(isPlainName(name), "a file has the name \"" + name + "\"");
    require(size > 0, name + " has the size " + size);
    require(sha256 != null && sha256.matches(SHA256), name + " has the SHA-256 " + sha256);
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
