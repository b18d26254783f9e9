package journey.cnn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import journey.data.ChannelStandardizer;
import journey.data.LabeledImages;
import journey.data.PictureFile;
import journey.engine.GraphRunner;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A trained network with all it takes to ask it about pictures.
 *
 * @param graph the network
 * @param preprocessing what turns colour values into the numbers it was trained on
 * @param classNames the name of each class, by class number
 * @param augmentation how many views of each picture it is asked about
 */
public record CnnClassifier(
    ComputationGraph graph,
    ChannelStandardizer preprocessing,
    List<String> classNames,
    TestTimeAugmentation augmentation) {

  /** The entry in a saved network. */
  static final String ENTRY = "classifier.properties";

  /** Takes a copy of the names. */
  public CnnClassifier {
    classNames = List.copyOf(classNames);
  }

  /** The same network, asked about other views. */
  public CnnClassifier with(TestTimeAugmentation other) {
    return new CnnClassifier(graph, preprocessing, classNames, other);
  }

  /**
   * The probability of each class for each picture.
   *
   * @return a new array {@code [size, classes]}
   */
  public INDArray probabilities(LabeledImages images) {
    try (GraphRunner runner = GraphRunner.of(graph);
        INDArray pictures = preprocessing.apply(images)) {
      return augmentation.probabilities(
          runner, pictures.reshape(images.shape().batch(images.size())));
    }
  }

  /**
   * What a picture of one's own shows, with the probability of each class, the highest first.
   *
   * @param picture a JPEG or PNG of any size
   * @throws journey.data.DataFileException if there is no such file, it is empty or no picture
   */
  public Map<String, Double> predict(Path picture) {
    float[] found = probabilities(PictureFile.read(picture)).toFloatVector();
    return IntStream.range(0, classNames.size())
        .boxed()
        .sorted((a, b) -> Float.compare(found[b], found[a]))
        .collect(
            Collectors.toMap(
                classNames::get, c -> (double) found[c], (a, b) -> a, LinkedHashMap::new));
  }

  /**
   * Writes all into a file that is an ordinary network for Deeplearning4j's {@code
   * ModelSerializer}. Until all is written, a file that was there before stays as it was.
   *
   * @throws IOException if the file cannot be written
   */
  public void save(Path file) throws IOException {
    NetworkZip.write(file, graph, false, Map.of(ENTRY, entry()));
  }

  /**
   * Reads what {@link #save} or the {@link Trainer}'s checkpoints wrote.
   *
   * @throws IOException if there is no such file, or it is damaged or of another kind
   */
  public static CnnClassifier load(Path file) throws IOException {
    NetworkZip zip = NetworkZip.read(file);
    Properties properties = zip.properties(ENTRY);
    return new CnnClassifier(
        zip.graph(),
        new ChannelStandardizer(
            numbers(properties, "means"), numbers(properties, "standardDeviations")),
        List.of(properties.getProperty("classes").split("\n")),
        TestTimeAugmentation.valueOf(properties.getProperty("augmentation")));
  }

  byte[] entry() throws IOException {
    var properties = new Properties();
    properties.setProperty("means", text(preprocessing.means()));
    properties.setProperty("standardDeviations", text(preprocessing.standardDeviations()));
    properties.setProperty("classes", String.join("\n", classNames));
    properties.setProperty("augmentation", augmentation.name());
    return NetworkZip.bytes(properties);
  }

  private static String text(List<Double> numbers) {
    return numbers.stream().map(Object::toString).collect(Collectors.joining(" "));
  }

  private static List<Double> numbers(Properties properties, String name) {
    return Arrays.stream(properties.getProperty(name).split(" ")).map(Double::valueOf).toList();
  }
}
