package journey.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import journey.file.ProjectFolder;

/**
 * Where a notebook's files go: into {@code build} in the folder that the environment variable
 * {@code JOURNEY_WORK} names, or else in the project's own. A notebook may have been copied
 * elsewhere, or started in any folder.
 */
public final class WorkFolder {

  private WorkFolder() {}

  /**
   * The path of a file there, whose folder is made if need be; relative to the folder that this
   * runs in where that is short.
   *
   * @param name such as {@code best_cnn.zip}, or {@code checkpoints/improved} in parts
   * @throws IOException if its folder cannot be made
   */
  public static Path file(String name, String... parts) throws IOException {
    return file(ProjectFolder.work(), Path.of(""), Path.of(name, parts));
  }

  static Path file(Path work, Path current, Path name) throws IOException {
    Path file = work.resolve("build").resolve(name);
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException problem) {
      throw new IOException(
          "%s cannot be made (%s). Let the environment variable JOURNEY_WORK name a folder that this user can write"
              .formatted(file.getParent(), problem),
          problem);
    }
    Path here = current.toAbsolutePath();
    return here.startsWith(work) ? here.relativize(file) : file;
  }
}
