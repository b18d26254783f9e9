package journey.cnn;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import journey.data.DataFileException;

/**
 * What a picture shows.
 *
 * @param file the picture
 * @param className the class with the highest probability; null if the file cannot be read
 * @param probability the network's probability of that class; NaN if the file cannot be read
 * @param problem what is wrong with a file that cannot be read as a picture, or null
 */
public record PicturePrediction(String file, String className, double probability, String problem)
    implements Serializable {

  /** Asks about one file; one that cannot be read is a result, too. */
  public static PicturePrediction of(CnnClassifier classifier, Path file) {
    try {
      Map.Entry<String, Double> best = classifier.predict(file).entrySet().iterator().next();
      return new PicturePrediction(file.toString(), best.getKey(), best.getValue(), null);
    } catch (DataFileException unreadable) {
      return new PicturePrediction(file.toString(), null, Double.NaN, unreadable.found());
    }
  }
}
