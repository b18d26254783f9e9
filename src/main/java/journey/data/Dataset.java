package journey.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * A data set of {@code data/manifest.json}. It is looked for in the folder that {@code
 * JOURNEY_DATA} names; if it names none, in the project's {@code data/}, in {@code ../shared/data}
 * beside the project, and then in the network. The first place that has something is the one that
 * counts, be it damaged or not.
 */
public final class Dataset {

  /** The environment variable that names the folder with the data. */
  static final String VARIABLE = "JOURNEY_DATA";

  /** What to do about a damaged file. */
  static final String REMEDY =
      "put the official file there, or delete the folder it lies in so that the data is looked for"
          + " elsewhere and, in the end, downloaded (data/README.md)";

  private static final String STAND_IN = "stand-in";

  private final Manifest.Entry entry;
  private final String named;
  private final Path home;
  private final Downloader downloader;

  /**
   * @param environment the environment variables
   * @param home the project's folder
   */
  Dataset(Manifest.Entry entry, Map<String, String> environment, Path home, Downloader downloader) {
    this.entry = entry;
    this.named = environment.getOrDefault(VARIABLE, "").strip();
    this.home = home;
    this.downloader = downloader;
  }

  /**
   * The data set of this name, in the project this runs in.
   *
   * @throws IllegalArgumentException if the manifest lists none
   */
  public static Dataset named(String name) {
    Path home = ProjectHome.find();
    Manifest.Entry entry = Manifest.read(ProjectHome.manifest(home)).dataset(name);
    return new Dataset(entry, System.getenv(), home, Downloader.standard());
  }

  /**
   * The folder with the data set's files, each checked against its size and SHA-256; downloaded if
   * there is none yet.
   *
   * @throws DataUnavailableException if there is none and it cannot be downloaded, or if {@code
   *     JOURNEY_DATA} is {@code stand-in}
   * @throws DataFileException if a file is there but damaged, {@code JOURNEY_DATA} names no folder
   *     with the data, a server delivers something else, or the disk takes no more
   * @throws CancellationException if the thread is interrupted; the next call goes on from there
   */
  public Path folder() {
    Path folder = find().folder();
    check(folder, REMEDY);
    return folder;
  }

  /**
   * A place with the data.
   *
   * @param words the place in words, without a path
   */
  record Found(Path folder, String words) {}

  /** What the manifest says. */
  Manifest.Entry entry() {
    return entry;
  }

  /** Like {@link #folder}, but without a look at the files. */
  Found find() {
    if (named.equalsIgnoreCase(STAND_IN)) {
      throw new DataUnavailableException(VARIABLE + " asks for the stand-in");
    }
    if (!named.isEmpty()) {
      return new Found(namedFolder(), "read from the folder that " + VARIABLE + " names");
    }
    Path data = home.resolve("data");
    Path own = data.resolve(entry.folder());
    if (Files.exists(own)) {
      return new Found(own, "read from the project's data folder");
    }
    Path shared = home.resolveSibling("shared").resolve("data").resolve(entry.folder());
    if (Files.exists(shared)) {
      return new Found(shared, "read from the shared data folder beside the project");
    }
    return new Found(fetch(data), "downloaded into the project's data folder");
  }

  private Path fetch(Path data) {
    try {
      return new DatasetFetch(entry, data, downloader).run();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      var stopped =
          new CancellationException(
              "Fetching %s was interrupted; run this again, and it goes on from there"
                  .formatted(entry.name()));
      stopped.initCause(interrupted);
      throw stopped;
    }
  }

  private Path namedFolder() {
    Path place = Path.of(named).toAbsolutePath().normalize();
    Path inside = place.resolve(entry.folder());
    if (Files.exists(inside)) {
      return inside;
    }
    boolean isFolder = Files.isDirectory(place);
    if (isFolder && (place.endsWith(entry.folder()) || holdsAnyFile(place))) {
      return place;
    }
    throw new DataFileException(
        place,
        "a folder that holds %s, or that folder itself, because %s names it"
            .formatted(entry.folder(), VARIABLE),
        isFolder ? "a folder with neither" : Files.exists(place) ? "a file" : "no such folder",
        ("set %s to the right folder; or unset it, and the data is looked for or downloaded; or set"
                + " it to %s for generated data")
            .formatted(VARIABLE, STAND_IN));
  }

  private boolean holdsAnyFile(Path folder) {
    return entry.files().stream().anyMatch(file -> Files.exists(folder.resolve(file.name())));
  }

  /**
   * Checks that all listed files lie in this folder and are the official ones.
   *
   * @param remedy what to do about one that isn't
   * @throws DataFileException if one isn't
   */
  void check(Path folder, String remedy) {
    entry.files().parallelStream()
        .forEach(file -> check(folder.resolve(file.name()), file, remedy));
  }

  private static void check(Path path, Manifest.DataFile file, String remedy) {
    if (!file.mayBePrefix()
        || !Files.isRegularFile(path)
        || path.toFile().length() >= file.size()) {
      check(path, file.size(), file.sha256(), remedy);
    }
  }

  /**
   * Checks one file.
   *
   * @throws DataFileException if it is missing, another one, or cannot be read
   */
  static void check(Path path, long size, String sha256, String remedy) {
    String expected = Sha256.describe(size, sha256);
    requireFile(path, expected, remedy);
    try {
      String found = Sha256.describe(path.toFile().length(), Sha256.of(path));
      if (!found.equals(expected)) {
        throw new DataFileException(path, expected, found, remedy);
      }
    } catch (IOException problem) {
      throw new DataFileException(path, expected, problem.toString(), remedy, problem);
    }
  }

  /**
   * Refuses what is no regular file.
   *
   * @throws DataFileException if it isn't one
   */
  static void requireFile(Path path, String expected, String remedy) {
    if (!Files.isRegularFile(path)) {
      String found = Files.exists(path) ? "a folder or something else, no file" : "no such file";
      throw new DataFileException(path, expected, found, remedy);
    }
  }
}
