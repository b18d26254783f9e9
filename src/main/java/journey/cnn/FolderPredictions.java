package journey.cnn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import journey.progress.Progress;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a classifier says of all pictures of a folder, as a table. */
public final class FolderPredictions {

  private FolderPredictions() {}

  /**
   * Asks about every file in the folder and its subfolders, in the order of their paths, with a
   * progress bar on standard output. Files and folders whose name begins with a dot are ignored. An
   * interrupt ends it early.
   *
   * @return with the columns file, answer, probability, problem: what is wrong with a file that
   *     cannot be read as a picture
   * @throws IOException if the folder cannot be listed
   */
  public static Table of(CnnClassifier classifier, Path folder) throws IOException {
    var file = StringColumn.create("file");
    var answer = StringColumn.create("answer");
    var probability = DoubleColumn.create("probability");
    var problem = StringColumn.create("problem");
    List<Path> files = files(folder);
    try (Progress progress = Progress.of("Predicting", files.size(), " pictures")) {
      for (Path each : files) {
        if (progress.stopped()) {
          break;
        }
        file.append(folder.relativize(each).toString());
        PicturePrediction said = PicturePrediction.of(classifier, each);
        answer.append(said.className());
        probability.append(said.probability());
        problem.append(said.problem());
        progress.stepBy(1);
      }
    }
    return Table.create("predictions", file, answer, probability, problem);
  }

  private static boolean isHidden(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .anyMatch(name -> name.toString().startsWith("."));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> !isHidden(folder.relativize(path)))
          .sorted()
          .toList();
    }
  }
}
