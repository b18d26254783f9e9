package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import journey.data.ChannelStandardizer;
import journey.data.LabeledImages;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CnnClassifierTest {

  private final LabeledImages images = TinyCnn.pictures(20);
  private final CnnClassifier classifier =
      new CnnClassifier(
          new TinyCnn().network(TinyCnn.RECIPE, 1),
          ChannelStandardizer.fit(images),
          images.classNames(),
          TestTimeAugmentation.MIRROR);

  @TempDir Path folder;

  @Test
  void aSavedClassifierAnswersTheSame() throws IOException {
    Path file = folder.resolve("new/network.zip");
    classifier.save(file);
    CnnClassifier loaded = CnnClassifier.load(file);

    assertEquals(classifier.probabilities(images), loaded.probabilities(images));
    assertEquals(classifier.preprocessing(), loaded.preprocessing());
    assertEquals(classifier.classNames(), loaded.classNames());
    assertEquals(classifier.augmentation(), loaded.augmentation());
    ComputationGraph plain = ModelSerializer.restoreComputationGraph(file.toFile());
    assertEquals(classifier.graph().params(), plain.params());
  }

  @Test
  void predictsAPictureFile() throws IOException {
    Path file = folder.resolve("picture.png");
    ImageIO.write(images.picture(3), "png", file.toFile());
    Map<String, Double> found = classifier.predict(file);

    float[] expected = classifier.probabilities(images.subset(new int[] {3})).toFloatVector();
    assertEquals(10, found.size());
    for (int c = 0; c < 10; c++) {
      assertEquals(expected[c], found.get(images.classNames().get(c)), 1e-6);
    }
    List<Double> values = new ArrayList<>(found.values());
    for (int i = 1; i < 10; i++) {
      assertTrue(values.get(i - 1) >= values.get(i), values.toString());
    }
  }

  @Test
  void foreignFilesAreRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.zip"), "hello");
    Path plain = folder.resolve("plain.zip");
    ModelSerializer.writeModel(classifier.graph(), plain.toFile(), false);
    refuses(text, "not a whole zip file");
    refuses(plain, "not saved by this project");
    refuses(folder.resolve("none.zip"), "there is no file");
  }

  private static void refuses(Path file, String reason) {
    String message = assertThrows(IOException.class, () -> CnnClassifier.load(file)).getMessage();
    assertTrue(message.contains(reason) && message.contains(file.toString()), message);
  }
}
