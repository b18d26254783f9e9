package journey.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import journey.file.ProjectFolder;

/**
 * A data set of {@code data/manifest.json}. It is looked for in the folder that {@code
 * JOURNEY_DATA} names; if it names none, in the project's {@code data/}, in {@code data/} of the
 * folder that {@code JOURNEY_WORK} names, in {@code ../shared/data} beside the project, and then in
 * the network. The first place that has something is the one that counts, be it damaged or not.
 */
public final class Dataset {

  /** The environment variable that names the folder with the data. */
  static final String VARIABLE = "JOURNEY_DATA";

  /** What to do about a damaged file. */
  static final String REMEDY =
      "put the official file there, or delete the folder it lies in so that the data is looked for"
          + " elsewhere and, in the end, downloaded (data/README.md)";

  private static final String STAND_IN = "stand-in";
  private static final String NAMED = "read from the folder that " + VARIABLE + " names";

  private final Manifest.Entry entry;
  private final String named;
  private final Path home;
  private final Path work;
  private final Downloader downloader;

  /**
   * @param environment the environment variables
   * @param home the project's folder
   */
  Dataset(Manifest.Entry entry, Map<String, String> environment, Path home, Downloader downloader) {
    this.entry = entry;
    this.named = environment.getOrDefault(VARIABLE, "").strip();
    this.home = home;
    this.work = ProjectFolder.work(home, environment);
    this.downloader = downloader;
  }

  /**
   * The data set of this name, in the project this runs in.
   *
   * @throws IllegalArgumentException if the manifest lists none
   */
  public static Dataset named(String name) {
    Path home = ProjectFolder.home();
    Manifest.Entry entry = Manifest.read(ProjectFolder.manifest(home)).dataset(name);
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
      return new Found(namedFolder(), NAMED);
    }
    return places()
        .orElseGet(
            () ->
                new Found(
                    new DatasetFetch(entry, work.resolve("data"), downloader).run(),
                    "downloaded into " + own()));
  }

  /** Like {@link #find}, but never in the network, and it is no error if there is none. */
  Optional<Found> findHere() {
    if (named.equalsIgnoreCase(STAND_IN)) {
      return Optional.empty();
    }
    if (named.isEmpty()) {
      return places();
    }
    Path inside = Path.of(named).toAbsolutePath().normalize().resolve(entry.folder());
    return Optional.of(new Found(inside, NAMED)).filter(place -> Files.exists(place.folder()));
  }

  private Optional<Found> places() {
    return Stream.of(
            in(home, "read from the project's data folder"),
            in(work, "read from " + own()),
            in(
                home.resolveSibling("shared"),
                "read from the shared data folder beside the project"))
        .filter(place -> Files.exists(place.folder()))
        .findFirst();
  }

  private String own() {
    return work.equals(home) ? "the project's data folder" : "the data folder in JOURNEY_WORK";
  }

  private Found in(Path place, String words) {
    return new Found(place.resolve("data").resolve(entry.folder()), words);
  }

  private Path namedFolder() {
    Path place = Path.of(named).toAbsolutePath().normalize();
    Path inside = place.resolve(entry.folder());
    if (Files.exists(inside)) {
      return inside;
    }
    if (entry.files().stream().anyMatch(file -> Files.exists(place.resolve(file.name())))) {
      return place;
    }
    throw new DataFileException(
        place,
        "a folder that holds %s, or that folder itself, because %s names it"
            .formatted(entry.folder(), VARIABLE),
        Files.exists(place) ? "neither" : "nothing of this name",
        ("set %s to the right folder; or unset it, and the data is looked for or downloaded; or set"
                + " it to %s for generated data")
            .formatted(VARIABLE, STAND_IN));
  }

  /**
   * Checks that all listed files lie in this folder and are the official ones.
   *
   * @param remedy what to do about one that isn't
   * @throws DataFileException if one isn't
   */
  void check(Path folder, String remedy) {
    entry.files().parallelStream().forEach(file -> file.check(folder.resolve(file.name()), remedy));
  }
}
