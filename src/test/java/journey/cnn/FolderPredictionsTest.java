package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import journey.data.ChannelStandardizer;
import journey.data.LabeledImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class FolderPredictionsTest {

  private final LabeledImages images = TinyCnn.pictures(3);
  private final CnnClassifier classifier =
      new CnnClassifier(
          new TinyCnn().network(TinyCnn.RECIPE, 1),
          images.shape(),
          ChannelStandardizer.fit(images),
          images.classNames(),
          TestTimeAugmentation.NONE);

  @TempDir Path folder;

  @Test
  void everyFileHasARow() throws IOException {
    Path inside = Files.createDirectories(folder.resolve("holidays/2020"));
    ImageIO.write(images.picture(0), "png", folder.resolve("b.png").toFile());
    ImageIO.write(images.picture(1), "png", inside.resolve("a.png").toFile());
    Files.writeString(folder.resolve("notes.txt"), "no picture");
    Files.writeString(folder.resolve(".hidden"), "no picture");
    Path git = Files.createDirectories(folder.resolve(".git"));
    Files.writeString(git.resolve("head"), "no picture");
    Table table = FolderPredictions.of(classifier, folder);

    assertEquals(List.of("file", "answer", "probability", "problem"), table.columnNames());
    assertEquals(
        List.of("b.png", Path.of("holidays/2020/a.png").toString(), "notes.txt"),
        table.stringColumn("file").asList());
    Map.Entry<String, Double> best =
        classifier.predict(folder.resolve("b.png")).entrySet().iterator().next();
    assertEquals(best.getKey(), table.getString(0, "answer"));
    assertEquals(best.getValue(), table.doubleColumn("probability").get(0));
    assertTrue(table.column("problem").isMissing(0));
    assertTrue(table.column("answer").isMissing(2) && table.column("probability").isMissing(2));
    assertTrue(table.getString(2, "problem").contains("something else"), table::toString);
  }

  @Test
  void theTableBecomesACsvFile() throws IOException {
    ImageIO.write(images.picture(0), "png", folder.resolve("a, b.png").toFile());
    Path csv = folder.resolve("answers.csv");
    Table table = FolderPredictions.of(classifier, folder);
    table.write().csv(csv.toFile());
    List<String> lines = Files.readAllLines(csv);
    assertEquals("file,answer,probability,problem", lines.get(0));
    assertTrue(lines.get(1).startsWith("\"a, b.png\"," + table.getString(0, "answer") + ",0."));
    assertEquals(2, lines.size());
  }

  @Test
  void aFolderThatIsNotThereIsAnError() {
    assertThrows(
        IOException.class, () -> FolderPredictions.of(classifier, folder.resolve("nowhere")));
  }
}
