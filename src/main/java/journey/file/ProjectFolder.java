package journey.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where this project lies on the disk, and where what it writes goes. */
public final class ProjectFolder {

  /** The system property that names the project's folder. */
  static final String PROPERTY = "journey.home";

  /** The environment variable that names the folder for what is written. */
  static final String VARIABLE = "JOURNEY_WORK";

  private ProjectFolder() {}

  /**
   * The project that this program belongs to.
   *
   * @throws IllegalStateException if there is none
   */
  public static Path home() {
    return home(Path.of(System.getProperty(PROPERTY, "")));
  }

  /** The nearest folder, from this one upwards, that holds {@code data/manifest.json}. */
  static Path home(Path start) {
    Path absolute = start.toAbsolutePath().normalize();
    for (Path home = absolute; home != null; home = home.getParent()) {
      if (Files.isRegularFile(manifest(home))) {
        return home;
      }
    }
    throw new IllegalStateException(
        "%s should be the project's folder or one below it, but there is no data/manifest.json there or above: start in the project's folder, or set -D%s=FOLDER"
            .formatted(absolute, PROPERTY));
  }

  /** The manifest of the project that lies there. */
  public static Path manifest(Path home) {
    return home.resolve("data").resolve("manifest.json");
  }

  /**
   * The folder that {@code JOURNEY_WORK} names; if it names none, the project's own. It need not be
   * there yet.
   *
   * @throws IllegalStateException if it names none, and there is no project
   */
  public static Path work() {
    Path named = named(System.getenv());
    return named == null ? home() : named;
  }

  /** The same for a project that lies elsewhere. */
  public static Path work(Path home, Map<String, String> environment) {
    Path named = named(environment);
    return named == null ? home : named;
  }

  private static Path named(Map<String, String> environment) {
    String name = environment.getOrDefault(VARIABLE, "").strip();
    return name.isEmpty() ? null : Path.of(name).toAbsolutePath().normalize();
  }
}
