package journey.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where CIFAR-10 is looked for: the folder that {@code JOURNEY_DATA} names; if it names none, the
 * project's {@code data/}, {@code ../shared/data} beside the project, and then the network. The
 * first place that has something is the one that counts, be it damaged or not.
 */
final class CifarSearch {

  /** The environment variable that names the folder with the data. */
  static final String VARIABLE = "JOURNEY_DATA";

  private static final String STAND_IN = "stand-in";
  private static final String DATASET = "CIFAR-10";

  private final String named;
  private final Path home;
  private final Downloader downloader;

  /**
   * @param environment the environment variables
   * @param home the project's folder
   */
  CifarSearch(Map<String, String> environment, Path home, Downloader downloader) {
    this.named = environment.getOrDefault(VARIABLE, "").strip();
    this.home = home;
    this.downloader = downloader;
  }

  /** With the process's environment, in the project this runs in. */
  static CifarSearch standard() {
    return new CifarSearch(System.getenv(), ProjectHome.find(), Downloader.standard());
  }

  /**
   * A place with the data.
   *
   * @param words the place in words, without a path
   */
  record Found(CifarFolder folder, String words) {}

  /** Whether the generated pictures are asked for by name. */
  boolean wantsStandIn() {
    return named.equalsIgnoreCase(STAND_IN);
  }

  /**
   * The first place that has the data, {@code data/} after a download if there was none.
   *
   * @throws DataFileException if {@value #VARIABLE} names a folder without the data, or a download
   *     brings something else or cannot be stored
   * @throws DownloadException if there is no data and it cannot be downloaded
   * @throws InterruptedException if the thread is interrupted during the download
   */
  Found find() throws DownloadException, InterruptedException {
    Manifest.Entry dataset = Manifest.read(ProjectHome.manifest(home)).dataset(DATASET);
    if (!named.isEmpty()) {
      return found(named(dataset), dataset, "read from the folder that " + VARIABLE + " names");
    }
    Path own = home.resolve("data");
    Optional<Path> present = in(own, dataset);
    if (present.isPresent()) {
      return found(present.get(), dataset, "read from the project's data folder");
    }
    Optional<Path> shared = in(home.resolveSibling("shared").resolve("data"), dataset);
    if (shared.isPresent()) {
      return found(shared.get(), dataset, "read from the shared data folder beside the project");
    }
    Path fetched = new DatasetFetch(dataset, own, downloader).run();
    return found(fetched, dataset, "downloaded into the project's data folder");
  }

  private static Found found(Path folder, Manifest.Entry dataset, String words) {
    return new Found(new CifarFolder(folder, dataset), words);
  }

  private static Optional<Path> in(Path place, Manifest.Entry dataset) {
    return Optional.of(place.resolve(dataset.folder())).filter(Files::exists);
  }

  private Path named(Manifest.Entry dataset) {
    Path place = Path.of(named).toAbsolutePath().normalize();
    if (!Files.isDirectory(place)) {
      throw misnamed(place, dataset, Files.exists(place) ? "a file" : "nothing of that name");
    }
    return in(place, dataset)
        .or(() -> Optional.of(place).filter(folder -> holdsAny(folder, dataset)))
        .orElseThrow(() -> misnamed(place, dataset, "a folder with neither"));
  }

  private static boolean holdsAny(Path folder, Manifest.Entry dataset) {
    return dataset.files().stream().anyMatch(file -> Files.exists(folder.resolve(file.name())));
  }

  private static DataFileException misnamed(Path place, Manifest.Entry dataset, String found) {
    return new DataFileException(
        place,
        "a folder that holds %s, or that folder itself, because %s names it"
            .formatted(dataset.folder(), VARIABLE),
        found,
        "set %s to the right folder; or unset it, and the data is looked for or downloaded; or set"
                .formatted(VARIABLE)
            + " it to "
            + STAND_IN
            + " for generated pictures");
  }
}
