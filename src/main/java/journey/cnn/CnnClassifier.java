package journey.cnn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import journey.data.ChannelStandardizer;
import journey.data.Cifar10;
import journey.data.ImageShape;
import journey.data.LabeledImages;
import journey.data.PictureFile;
import journey.engine.GraphRunner;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A trained network with everything needed to classify pictures.
 *
 * <p>It answers with the network's present weights, also while they are trained further. The first
 * prediction prepares the network to be run, which takes memory outside the heap; {@link #close}
 * gives that back, and so does the garbage collector once nobody holds the classifier.
 */
public final class CnnClassifier implements AutoCloseable {

  /** The entry in a saved network. */
  static final String ENTRY = "classifier.properties";

  private final ComputationGraph graph;
  private final ImageShape input;
  private final ChannelStandardizer preprocessing;
  private final List<String> classNames;
  private final TestTimeAugmentation augmentation;
  private final KeptRunner runner;

  /**
   * Puts a classifier together.
   *
   * @param graph the network
   * @param input the shape of the pictures it takes
   * @param preprocessing turns colour values into the inputs it was trained on
   * @param classNames the name of each class, by class number
   * @param augmentation the views of each picture whose predictions are averaged
   * @throws IllegalArgumentException if the network takes pictures of another shape, there is not
   *     one name for each of its outputs, two are equal, one is empty or has more than a line, or
   *     the preprocessing has other channels
   * @throws NullPointerException if an argument or a name is null
   */
  public CnnClassifier(
      ComputationGraph graph,
      ImageShape input,
      ChannelStandardizer preprocessing,
      List<String> classNames,
      TestTimeAugmentation augmentation) {
    this(graph, input, preprocessing, classNames, augmentation, new KeptRunner(graph));
  }

  private CnnClassifier(
      ComputationGraph graph,
      ImageShape input,
      ChannelStandardizer preprocessing,
      List<String> classNames,
      TestTimeAugmentation augmentation,
      KeptRunner runner) {
    this.graph = given(graph, "a network");
    this.input = given(input, "the shape of its pictures");
    this.preprocessing = given(preprocessing, "a preprocessing");
    this.classNames = Collections.unmodifiableList(new ArrayList<>(given(classNames, "names")));
    this.augmentation = given(augmentation, "a test-time augmentation (NONE)");
    this.runner = runner;
    requireNames(NetworkShape.outputs(graph.getConfiguration(), input));
    if (preprocessing.means().size() != input.channels()) {
      throw new IllegalArgumentException(
          "the preprocessing is for pictures of %d channels, but the network takes %s"
              .formatted(preprocessing.means().size(), input));
    }
  }

  private static <T> T given(T argument, String what) {
    return Objects.requireNonNull(argument, () -> "a classifier needs " + what + ", not null");
  }

  private void requireNames(long outputs) {
    if (outputs != classNames.size()) {
      throw new IllegalArgumentException(
          "the network has %d outputs and needs as many class names, but found %d: %s"
              .formatted(outputs, classNames.size(), classNames));
    }
    var seen = new HashSet<String>();
    for (String name : classNames) {
      if (!seen.add(given(name, "a name for each class")) || !isOneLine(name)) {
        throw new IllegalArgumentException(
            "class names must differ and be of one line of text each, but found \"%s\" in %s"
                .formatted(name, classNames));
      }
    }
  }

  /** Whether a name is the same when it has been saved, a name a line, and is read again. */
  private static boolean isOneLine(String name) {
    return !name.isBlank()
        && name.chars().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(name);
  }

  /** The network. */
  public ComputationGraph graph() {
    return graph;
  }

  /** The shape of the pictures the network takes. */
  public ImageShape input() {
    return input;
  }

  /** What turns colour values into the network's inputs. */
  public ChannelStandardizer preprocessing() {
    return preprocessing;
  }

  /** The name of each class, by class number. */
  public List<String> classNames() {
    return classNames;
  }

  /** The views of each picture whose predictions are averaged. */
  public TestTimeAugmentation augmentation() {
    return augmentation;
  }

  /** A classifier with the same network, and the same memory, that averages over other views. */
  public CnnClassifier with(TestTimeAugmentation other) {
    return new CnnClassifier(graph, input, preprocessing, classNames, other, runner);
  }

  /**
   * The probability of each class for each picture.
   *
   * @return a new array {@code [size, classes]}
   * @throws IllegalArgumentException if there are no pictures, or they have another shape than the
   *     network takes
   */
  public INDArray probabilities(LabeledImages images) {
    return ofPictures(images, augmentation::probabilities);
  }

  /**
   * What a layer hands on for each picture as it is, without other views: what the network has made
   * of the picture so far, for another network to learn from.
   *
   * @param layer its name in the graph
   * @return a new array {@code [size, features]}
   * @throws IllegalArgumentException if there is no such layer, or as above
   */
  public INDArray activations(String layer, LabeledImages images) {
    return ofPictures(
        images,
        (graphRunner, inputs) ->
            TestTimeAugmentation.inParts(
                inputs, part -> flat(graphRunner.activations(layer, part))));
  }

  private static INDArray flat(INDArray activations) {
    return activations.reshape('c', activations.size(0), -1);
  }

  private INDArray ofPictures(
      LabeledImages images, BiFunction<GraphRunner, INDArray, INDArray> call) {
    if (images.size() == 0) {
      throw new IllegalArgumentException("there must be at least one picture, but there is none");
    }
    if (!images.shape().equals(input)) {
      throw new IllegalArgumentException(
          "the network takes pictures of %s, but these are of %s: scale them, as PictureFolder.read and PictureFile.read do to the shape that they are given"
              .formatted(input, images.shape()));
    }
    try (INDArray pictures = preprocessing.apply(images)) {
      INDArray inputs = pictures.reshape(input.batch(images.size()));
      return runner.run(graphRunner -> call.apply(graphRunner, inputs));
    }
  }

  /**
   * What a picture of one's own shows, with the probability of each class, the highest first.
   *
   * @param picture a JPEG or PNG of any size
   * @throws journey.data.DataFileException if there is no such file, or it cannot be read as a
   *     picture
   */
  public Map<String, Double> predict(Path picture) {
    float[] found = probabilities(PictureFile.read(picture, input)).toFloatVector();
    return IntStream.range(0, classNames.size())
        .boxed()
        .sorted((a, b) -> Float.compare(found[b], found[a]))
        .collect(
            Collectors.toMap(
                classNames::get, c -> (double) found[c], (a, b) -> a, LinkedHashMap::new));
  }

  /** Gives back the memory outside the heap. The next prediction takes it again. */
  @Override
  public void close() {
    runner.close();
  }

  /**
   * A runner that is made when it is needed, and kept for the next call; for one call at a time.
   */
  private static final class KeptRunner {

    private final ComputationGraph graph;
    private GraphRunner runner;

    KeptRunner(ComputationGraph graph) {
      this.graph = graph;
    }

    synchronized INDArray run(Function<GraphRunner, INDArray> call) {
      if (runner == null) {
        runner = GraphRunner.of(graph);
      }
      return call.apply(runner);
    }

    synchronized void close() {
      if (runner != null) {
        runner.close();
        runner = null;
      }
    }
  }

  /**
   * Writes a file that is also an ordinary network for Deeplearning4j's {@code ModelSerializer}. An
   * earlier file of that name is replaced only once the new one is complete.
   *
   * @throws IOException if the file cannot be written
   */
  public void save(Path file) throws IOException {
    NetworkZip.write(given(file, "a file to be saved in"), graph, false, Map.of(ENTRY, entry()));
  }

  /**
   * Reads what {@link #save} or the {@link Trainer}'s checkpoints wrote.
   *
   * @throws IOException if there is no such file, or it is damaged or of another kind
   */
  public static CnnClassifier load(Path file) throws IOException {
    NetworkZip zip = NetworkZip.read(file);
    Properties properties = zip.properties(ENTRY);
    ComputationGraph graph = zip.graph();
    try {
      return of(graph, properties);
    } catch (RuntimeException problem) {
      throw new IOException(
          "%s holds no classifier that can be used: %s. Save it again, with this version"
              .formatted(file, problem.getMessage()),
          problem);
    }
  }

  private static CnnClassifier of(ComputationGraph graph, Properties properties) {
    return new CnnClassifier(
        graph,
        input(properties),
        new ChannelStandardizer(
            numbers(properties, "means"), numbers(properties, "standardDeviations")),
        List.of(text(properties, "classes").split("\n", -1)),
        TestTimeAugmentation.valueOf(text(properties, "augmentation")));
  }

  /** Files from before there were other shapes than CIFAR-10's name none. */
  private static ImageShape input(Properties properties) {
    return properties.containsKey("side")
        ? new ImageShape(
            Integer.parseInt(text(properties, "channels")),
            Integer.parseInt(text(properties, "side")))
        : Cifar10.SHAPE;
  }

  byte[] entry() throws IOException {
    var properties = new Properties();
    properties.setProperty("channels", "" + input.channels());
    properties.setProperty("side", "" + input.side());
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
    return Arrays.stream(text(properties, name).split(" ")).map(Double::valueOf).toList();
  }

  private static String text(Properties properties, String name) {
    return Objects.requireNonNull(
        properties.getProperty(name), () -> "its entry %s has no \"%s\"".formatted(ENTRY, name));
  }
}
