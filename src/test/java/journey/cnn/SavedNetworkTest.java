package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import journey.data.ChannelStandardizer;
import journey.data.ChildProcess;
import journey.data.LabeledImages;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a classifier saves, Deeplearning4j loads without any class of this project. */
class SavedNetworkTest {

  private static final String FLAVOUR = "org.bytedeco.javacpp.platform.extension";
  private static final LabeledImages IMAGES = TinyCnn.pictures(12);

  @TempDir static Path folder;

  private static Path file(CnnArchitecture architecture, String end) {
    return folder.resolve(architecture.name() + end);
  }

  /** One process for all, as most of its time goes into its start. */
  @BeforeAll
  static void askElsewhere() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-D" + FLAVOUR + "=" + System.getProperty(FLAVOUR, ""),
                "-cp",
                classPathWithoutUs(),
                "src/test/java/journey/cnn/PlainDeeplearning4j.java"));
    for (Arguments arguments : ArchitecturesTest.all().toList()) {
      var architecture = (CnnArchitecture) arguments.get()[0];
      save(architecture, (Recipe) arguments.get()[1]);
      for (String end : List.of(".zip", ".inputs", ".found")) {
        command.add(file(architecture, end).toString());
      }
    }
    ChildProcess.Result result = ChildProcess.java(command).end();
    assertEquals(0, result.status(), result.output());
  }

  /** The project's own classes lie in folders, all others in jars. */
  private static String classPathWithoutUs() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> !Files.isDirectory(Path.of(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void save(CnnArchitecture architecture, Recipe recipe) throws IOException {
    var preprocessing = ChannelStandardizer.fit(IMAGES);
    var classifier =
        new CnnClassifier(
            ArchitecturesTest.afterAStep(architecture, recipe),
            IMAGES.shape(),
            preprocessing,
            IMAGES.classNames(),
            TestTimeAugmentation.NONE);
    classifier.save(file(architecture, ".zip"));
    INDArray inputs = preprocessing.apply(IMAGES).reshape(IMAGES.size(), 3, 32, 32);
    Nd4j.saveBinary(inputs, file(architecture, ".inputs").toFile());
    Nd4j.saveBinary(classifier.probabilities(IMAGES), file(architecture, ".expected").toFile());
  }

  @ParameterizedTest
  @MethodSource("journey.cnn.ArchitecturesTest#all")
  void itAnswersTheSame(CnnArchitecture architecture, Recipe recipe, long parameters)
      throws IOException {
    INDArray expected = Nd4j.readBinary(file(architecture, ".expected").toFile());
    INDArray found = Nd4j.readBinary(file(architecture, ".found").toFile());
    assertTrue(expected.equalsWithEps(found, 1e-5), () -> "%s, not %s".formatted(found, expected));
    double spread = expected.std(0).meanNumber().doubleValue();
    assertTrue(spread > 1e-4, "the pictures' answers differ by " + spread);
  }
}
