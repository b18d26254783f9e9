package journey.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import journey.cnn.CnnClassifier;
import journey.cnn.PicturePrediction;
import journey.cnn.TestTimeAugmentation;
import journey.cnn.TinyCnn;
import journey.data.ChannelStandardizer;
import journey.data.LabeledImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturePredictionsTest {

  @Test
  void aFolderOfPicturesIsAnsweredInItsOrder(@TempDir Path folder) throws Exception {
    LabeledImages pictures = TinyCnn.pictures(10);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      files.add(folder.resolve(i + ".png"));
      ImageIO.write(pictures.picture(i), "png", files.get(i).toFile());
    }
    files.add(Files.writeString(folder.resolve("no picture.png"), "no picture"));
    var classifier =
        new CnnClassifier(
            new TinyCnn().network(TinyCnn.RECIPE, 1),
            pictures.shape(),
            ChannelStandardizer.fit(pictures),
            pictures.classNames(),
            TestTimeAugmentation.NONE);
    try (Cluster cluster = Cluster.at("local[2]", 2)) {
      List<PicturePrediction> found = cluster.predict(classifier, files);
      assertEquals(11, found.size());
      for (int i = 0; i < 10; i++) {
        Map.Entry<String, Double> expected =
            classifier.predict(files.get(i)).entrySet().iterator().next();
        assertEquals(files.get(i).toString(), found.get(i).file());
        assertEquals(expected.getKey(), found.get(i).className());
        assertEquals(expected.getValue(), found.get(i).probability(), 1e-6);
        assertNull(found.get(i).problem());
      }
      assertNull(found.get(10).className());
      assertTrue(found.get(10).file().endsWith("no picture.png"), found.get(10).file());
      assertTrue(found.get(10).problem().contains("something else"), found.get(10).problem());
      assertEquals(List.of(), cluster.predict(classifier, List.of()));
    }
  }
}
