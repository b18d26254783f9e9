package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import javax.imageio.ImageIO;
import journey.data.ChannelStandardizer;
import journey.data.Cifar10;
import journey.data.ImageShape;
import journey.data.LabeledImages;
import journey.data.StandIn;
import journey.data.Targets;
import journey.engine.GraphRunner;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class CnnClassifierTest {

  private final LabeledImages images = TinyCnn.pictures(20);
  private final CnnClassifier classifier =
      new CnnClassifier(
          new TinyCnn().network(TinyCnn.RECIPE, 1),
          images.shape(),
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
    assertEquals(classifier.input(), loaded.input());
    assertEquals(classifier.preprocessing(), loaded.preprocessing());
    assertEquals(classifier.classNames(), loaded.classNames());
    assertEquals(classifier.augmentation(), loaded.augmentation());
    ComputationGraph plain = ModelSerializer.restoreComputationGraph(file.toFile());
    assertEquals(classifier.graph().params(), plain.params());
  }

  @Test
  void tellsWhatALayerHandsOn() {
    INDArray pictures = classifier.preprocessing().apply(images).reshape(20, 3, 32, 32);
    try (GraphRunner plain = GraphRunner.plain(classifier.graph())) {
      for (String layer : List.of("relu", "pool")) {
        INDArray expected = plain.activations(layer, pictures).reshape('c', 20, -1);
        INDArray found = classifier.activations(layer, images);
        assertArrayEquals(expected.shape(), found.shape());
        assertEquals(0, expected.distance2(found), 1e-4 * expected.norm2Number().doubleValue());
      }
    }
    assertThrows(IllegalArgumentException.class, () -> classifier.activations("nothing", images));
    assertThrows(
        IllegalArgumentException.class, () -> classifier.activations("pool", images.first(0)));
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
  void anotherShapeIsSavedAndPicturesAreScaledToIt() throws IOException {
    var digits = new ImageShape(1, 28);
    LabeledImages pictures = StandIn.generate(digits, 20, 1);
    var graph = new BasicCnn(digits, 10, 2).network(Recipes.basic(1), 1);
    Path file = folder.resolve("digits.zip");
    try (CnnClassifier first = classifier(graph, digits, pictures.classNames())) {
      first.save(file);
      try (CnnClassifier loaded = CnnClassifier.load(file)) {
        assertEquals(digits, loaded.input());
        assertEquals(first.probabilities(pictures), loaded.probabilities(pictures));
        Path picture = folder.resolve("large.png");
        ImageIO.write(images.picture(3), "png", picture.toFile());
        assertEquals(10, loaded.predict(picture).size());
        String message =
            assertThrows(IllegalArgumentException.class, () -> loaded.probabilities(images))
                .getMessage();
        assertTrue(message.contains("28x28x1") && message.contains("32x32x3"), message);
      }
    }
  }

  /** Written by this project before networks knew their input shape. */
  @Test
  void aFileWithoutAShapeIsForCifar10() throws IOException {
    String entry = new String(classifier.entry(), StandardCharsets.UTF_8);
    byte[] older =
        entry.replaceAll("(?m)^(side|channels)=.*$", "").getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("older.zip");
    NetworkZip.write(file, classifier.graph(), false, Map.of(CnnClassifier.ENTRY, older));
    CnnClassifier loaded = CnnClassifier.load(file);
    assertEquals(Cifar10.SHAPE, loaded.input());
    assertEquals(classifier.probabilities(images), loaded.probabilities(images));
  }

  @Test
  void answersFollowTheWeightsAndSurviveAClose() {
    INDArray before = classifier.probabilities(images);
    assertEquals(before, classifier.probabilities(images));
    INDArray pictures = classifier.preprocessing().apply(images).reshape(images.shape().batch(20));
    try (GraphRunner trainer = GraphRunner.of(classifier.graph())) {
      trainer.step(new DataSet(pictures, Targets.oneHot(images)));
    }
    INDArray after = classifier.probabilities(images);
    assertNotEquals(before, after);
    assertEquals(after, classifier.with(TestTimeAugmentation.MIRROR).probabilities(images));
    classifier.graph().setParams(classifier.graph().params().mul(0));
    INDArray even = classifier.probabilities(images);
    assertEquals(0.1, even.minNumber().doubleValue(), 1e-6);
    classifier.close();
    classifier.close();
    assertEquals(even, classifier.probabilities(images));
  }

  @Test
  void namesThatDoNotFitAreRefused() {
    refusesNames("10 outputs", List.of("cat", "dog"));
    refusesNames("10 outputs", images.classNames().subList(0, 9));
    List<String> names = new ArrayList<>(images.classNames());
    names.add("eleventh");
    refusesNames("found 11", names);
    names.remove(10);
    names.set(7, "cat");
    refusesNames("found \"cat\"", names);
    for (String name :
        List.of("wild\ncat", "cat\n", "\ncat", "wild\rcat", "cat\r", "\n", "", " ", "\ud800")) {
      names.set(7, name);
      refusesNames("of one line", names);
    }
    names.set(7, null);
    String message =
        assertThrows(
                NullPointerException.class,
                () -> classifier(classifier.graph(), images.shape(), names))
            .getMessage();
    assertTrue(message.contains("a name for each class"), message);
    var grey = new ImageShape(1, 32);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new CnnClassifier(
                classifier.graph(),
                grey,
                classifier.preprocessing(),
                images.classNames(),
                TestTimeAugmentation.NONE));
  }

  @Test
  void aSavedNetworkWithSuchNamesIsRefused() throws IOException {
    for (String names : List.of("cat\ndog", "\n".repeat(9), "cat\n".repeat(9) + "cat")) {
      refusesEntry("class", names.replace("\n", "\\n"), "classes=.*", "classes=");
    }
    refusesEntry("no \"means\"", "", "means=.*", "");
    refusesEntry("NO_SUCH", "NO_SUCH", "augmentation=.*", "augmentation=");
    refusesEntry("means must be finite", "NaN 0 0", "means=.*", "means=");
    refusesEntry("48x48x3", "48", "side=.*", "side=");
  }

  private void refusesEntry(String reason, String value, String line, String key)
      throws IOException {
    String entry = new String(classifier.entry(), StandardCharsets.UTF_8);
    byte[] changed =
        entry
            .replaceAll("(?m)^" + line + "$", Matcher.quoteReplacement(key + value))
            .getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("changed.zip");
    NetworkZip.write(
        file,
        new BasicCnn(Cifar10.SHAPE, 10, 2).network(Recipes.basic(1), 1),
        false,
        Map.of(CnnClassifier.ENTRY, changed));
    refuses(file, reason);
  }

  @Test
  void aNetworkForPicturesOfAnotherShapeIsRefused() {
    var graph = new BasicCnn(Cifar10.SHAPE, 10, 2).network(Recipes.basic(1), 1);
    for (ImageShape other : List.of(new ImageShape(3, 48), new ImageShape(1, 32))) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> classifier(graph, other, images.classNames()))
              .getMessage();
      assertTrue(message.contains(other.toString()) && message.contains("expects"), message);
    }
  }

  @Test
  void noPicturesAndNullsAreRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> classifier.probabilities(images.first(0)))
            .getMessage();
    assertTrue(message.contains("at least one picture"), message);
    try (GraphRunner runner = GraphRunner.of(classifier.graph())) {
      for (INDArray none : List.of(Nd4j.zeros(2, 3072), Nd4j.empty())) {
        assertThrows(
            IllegalArgumentException.class,
            () -> TestTimeAugmentation.MIRROR.probabilities(runner, none));
      }
    }
    List<String> names = images.classNames();
    assertNull("a network", () -> classifier(null, images.shape(), names));
    assertNull("shape", () -> classifier(classifier.graph(), null, names));
    assertNull("names", () -> classifier(classifier.graph(), images.shape(), null));
    assertNull("test-time", () -> classifier.with(null));
    assertNull("a file", () -> classifier.save(null));
    assertNull("path", () -> CnnClassifier.load(null));
    assertNull("path", () -> classifier.predict(null));
  }

  private static void assertNull(String what, Executable call) {
    String message = assertThrows(NullPointerException.class, call).getMessage();
    assertTrue(message.contains(what) && message.contains("null"), message);
  }

  private void refusesNames(String reason, List<String> names) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> classifier(classifier.graph(), images.shape(), names))
            .getMessage();
    assertTrue(message.contains(reason), message);
  }

  private static CnnClassifier classifier(
      ComputationGraph graph, ImageShape input, List<String> names) {
    return new CnnClassifier(
        graph,
        input,
        ChannelStandardizer.fit(StandIn.generate(input == null ? Cifar10.SHAPE : input, 20, 1)),
        names,
        TestTimeAugmentation.NONE);
  }

  @Test
  void foreignFilesAreRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.zip"), "hello");
    Path plain = folder.resolve("plain.zip");
    ModelSerializer.writeModel(classifier.graph(), plain.toFile(), false);
    refuses(text, "cannot be read as the zip file");
    refuses(plain, "not saved by this project");
    refuses(folder.resolve("none.zip"), "there is no such file");
  }

  private static void refuses(Path file, String reason) {
    String message = assertThrows(IOException.class, () -> CnnClassifier.load(file)).getMessage();
    assertTrue(message.contains(reason) && message.contains(file.toString()), message);
  }
}
