package journey.data;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this project lies on the disk. */
final class ProjectHome {

  /** The system property that names the folder. */
  static final String PROPERTY = "journey.home";

  private ProjectHome() {}

  /**
   * The project that this program belongs to.
   *
   * @throws DataFileException if there is none
   */
  static Path find() {
    return find(Path.of(System.getProperty(PROPERTY, "")));
  }

  /** The nearest folder, from this one upwards, that holds {@code data/manifest.json}. */
  static Path find(Path start) {
    Path absolute = start.toAbsolutePath().normalize();
    for (Path home = absolute; home != null; home = home.getParent()) {
      if (Files.isRegularFile(manifest(home))) {
        return home;
      }
    }
    throw new DataFileException(
        absolute,
        "the project's folder, or one below it",
        "no data/manifest.json there or above",
        "start in the project's folder, or set -D" + PROPERTY + "=FOLDER");
  }

  /** The manifest of the project that lies there. */
  static Path manifest(Path home) {
    return home.resolve("data").resolve("manifest.json");
  }
}
