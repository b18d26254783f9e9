package journey.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where this project lies on the disk. */
final class ProjectHome {

  /** The system property that names the folder. */
  static final String PROPERTY = "journey.home";

  private ProjectHome() {}

  /**
   * The folder that {@value #PROPERTY} names, or else the nearest one, from the working directory
   * upwards, that holds {@code pom.xml} and {@code data/manifest.json}.
   *
   * @throws DataFileException if there is none
   */
  static Path find() {
    String named = System.getProperty(PROPERTY);
    return named != null ? named(Path.of(named)) : above(Path.of(""));
  }

  static Path named(Path folder) {
    Path home = folder.toAbsolutePath().normalize();
    if (!Files.isRegularFile(manifest(home))) {
      throw notFound(home, "system property " + PROPERTY);
    }
    return home;
  }

  static Path above(Path folder) {
    Path start = folder.toAbsolutePath().normalize();
    return Stream.iterate(start, place -> place != null, Path::getParent)
        .filter(place -> Files.isRegularFile(place.resolve("pom.xml")))
        .filter(place -> Files.isRegularFile(manifest(place)))
        .findFirst()
        .orElseThrow(() -> notFound(start, "folder or one above it"));
  }

  /** The manifest of the project that lies there. */
  static Path manifest(Path home) {
    return home.resolve("data").resolve("manifest.json");
  }

  private static DataFileException notFound(Path folder, String what) {
    return new DataFileException(
        folder,
        "the project's folder, with pom.xml and data/manifest.json, as the " + what,
        "no data/manifest.json",
        "start in the project's folder or below it, or set -D" + PROPERTY + "=FOLDER");
  }
}
