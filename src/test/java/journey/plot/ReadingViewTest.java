package journey.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class ReadingViewTest {

  private static final List<String> NAMES =
      IntStream.range(0, 10).mapToObj(Integer::toString).toList();

  private final List<INDArray> weights = weights(784, 128, 64, 10);
  private final ReadingView view = ReadingView.of(NAMES, weights);

  private static List<INDArray> weights(int... sizes) {
    Nd4j.getRandom().setSeed(3);
    return IntStream.range(1, sizes.length)
        .mapToObj(i -> Nd4j.randn(DataType.FLOAT, sizes[i - 1], sizes[i]).muli(0.2))
        .toList();
  }

  /** A picture's way through the network, with this class as the answer. */
  private List<INDArray> reading(int answer, double confidence) {
    List<INDArray> activations = new ArrayList<>(List.of(Nd4j.rand(DataType.FLOAT, 1, 784)));
    for (INDArray layer : weights.subList(0, weights.size() - 1)) {
      activations.add(Transforms.relu(activations.get(activations.size() - 1).mmul(layer)));
    }
    activations.add(Nd4j.valueArrayOf(new long[] {1, 10}, (1 - confidence) / 9, DataType.FLOAT));
    activations.get(activations.size() - 1).putScalar(0, answer, confidence);
    return activations;
  }

  @Test
  void aFrameFitsANotebook() {
    Picture.assertFits(view.read("a digit", 7, reading(7, 0.9)));
    assertEquals(Theme.WIDTH, view.read("a digit", 7, reading(7, 0.9)).getWidth());
  }

  @Test
  void panelsKeepToTheirPlaces() {
    view.read("a digit", 7, reading(3, 0.6));
    Reading reading = Reading.of(7, reading(3, 0.6), weights.stream().map(Weights::of).toList());
    var panels = view.panels(reading);
    assertEquals(7, panels.size());
    List<Rectangle> places = List.copyOf(panels.keySet());
    for (int i = 0; i < places.size(); i++) {
      for (Rectangle other : places.subList(i + 1, places.size())) {
        assertFalse(places.get(i).intersects(other), places.get(i) + " and " + other);
      }
    }
    // None needs to be clipped: what it paints with room to spare stays within its bounds.
    panels.forEach(
        (place, panel) -> {
          BufferedImage wide = Theme.blank(place.width + 200, place.height + 200);
          Graphics2D g = Theme.pen(wide);
          g.translate(100, 100);
          panel.paint(g, place.width, place.height);
          g.dispose();
          Picture inside = new Picture(wide).part(100, 100, 100 + place.width, 100 + place.height);
          int all = wide.getWidth() * wide.getHeight() - place.width * place.height;
          int outside = new Picture(wide).count(Color.WHITE) - inside.count(Color.WHITE);
          assertEquals(all, outside, panel.getClass().getSimpleName());
          assertTrue(inside.colours() > 5, panel.getClass().getSimpleName());
        });
  }

  @Test
  void theMostActiveNeuronsAreShownAndTheDarkestFireMost() {
    double[] inputs = new double[784];
    Arrays.fill(inputs, 100, 110, 0.5);
    Arrays.fill(inputs, 700, 720, 1);
    NetworkPanel panel = panel(inputs, new double[] {0, 2, 1}, new double[] {0.1, 0.9});
    int[] shown = panel.mostActive(0);
    assertEquals(NetworkPanel.MOST, shown.length);
    assertTrue(IntStream.of(shown).allMatch(i -> i >= 700 && i < 720), Arrays.toString(shown));
    assertArrayEquals(IntStream.of(shown).sorted().toArray(), shown);
    assertArrayEquals(new int[] {0, 1, 2}, panel.mostActive(1));
    BufferedImage image = Theme.blank(416, 422);
    Graphics2D g = Theme.pen(image);
    panel.paint(g, 416, 422);
    g.dispose();
    // The middle layer stands in the middle: its neurons are idle, fully and half active.
    Picture middle = new Picture(image).part(208 - 4, 0, 208 + 4, 422);
    for (double share : new double[] {0, 0.5, 1}) {
      Color shade = NetworkPanel.shade(share);
      assertTrue(middle.count(shade) > 20, "no neuron at " + share);
    }
    assertTrue(luminance(NetworkPanel.shade(1)) < luminance(NetworkPanel.shade(0.5)));
    assertTrue(luminance(NetworkPanel.shade(0.5)) < luminance(NetworkPanel.shade(0)));
  }

  /** Of inputs that are equally bright, those are shown that have more weight. */
  @Test
  void tiesAreBrokenByTheEffect() {
    double[] inputs = new double[784];
    Arrays.fill(inputs, 1);
    double[] first = new double[784 * 3];
    Arrays.fill(first, 3 * 200, 3 * 215, -2);
    var weights =
        List.of(new Weights(784, 3, first), new Weights(3, 2, new double[] {1, 1, 1, 1, 1, 1}));
    var reading = new Reading(0, List.of(inputs, new double[3], new double[] {0.5, 0.5}));
    var panel = new NetworkPanel(reading, weights, List.of("a", "b"));
    assertArrayEquals(IntStream.range(200, 215).toArray(), panel.mostActive(0));
  }

  private static NetworkPanel panel(double[] inputs, double[] hidden, double[] outputs) {
    double[] first = IntStream.range(0, 784 * 3).mapToDouble(i -> 0.1 * (i % 7 - 3)).toArray();
    double[] second = IntStream.range(0, 3 * 2).mapToDouble(i -> i - 2.0).toArray();
    return new NetworkPanel(
        new Reading(1, List.of(inputs, hidden, outputs)),
        List.of(new Weights(784, 3, first), new Weights(3, 2, second)),
        List.of("a", "b"));
  }

  @Test
  void answersAreCountedWhereTheyBelong() {
    for (int i = 0; i < 12; i++) {
      view.read("a digit", 4, reading(i % 3 == 0 ? 9 : 4, 0.8));
    }
    view.read("a digit", 0, reading(0, 0.8));
    ConfusionPanel panel = only(ConfusionPanel.class);
    assertEquals(8, panel.counts()[4][4]);
    assertEquals(4, panel.counts()[4][9]);
    assertEquals(1, panel.counts()[0][0]);
    assertEquals(13, Arrays.stream(panel.counts()).flatMapToInt(Arrays::stream).sum());
  }

  @Test
  void theLastFiftyAnswersStayAndFewerAreDrawnToo() {
    view.read("a digit", 1, reading(1, 0.31));
    ConfidencePanel first = only(ConfidencePanel.class);
    assertEquals(1, first.first());
    assertEquals(1, first.answers().size());
    int one = marks(first);
    assertTrue(one > 10, one + " pixels of one answer");
    for (int i = 2; i <= 60; i++) {
      view.read("a digit", 1, reading(i == 60 ? 2 : 1, 0.5 + i / 200.0));
    }
    ConfidencePanel last = only(ConfidencePanel.class);
    assertEquals(11, last.first());
    assertEquals(50, last.answers().size());
    assertEquals(0.8, last.answers().get(49).confidence(), 1e-6);
    assertFalse(last.answers().get(49).isRight());
    assertTrue(last.answers().get(48).isRight());
    assertTrue(marks(last) > 20 * one);
  }

  private static int marks(ConfidencePanel panel) {
    BufferedImage image = Theme.blank(430, 200);
    panel.paint(image.createGraphics(), 430, 200);
    return new Picture(image).count(Theme.TRAIN) + new Picture(image).count(Theme.VALIDATION);
  }

  @Test
  void everyWeightIntoTheWinnerIsInTheHistogram() {
    double[] values = {-1, -0.96, 0, 0.04, -0.04, 0.5, 1};
    int[] counts = WeightHistogramPanel.counts(values, 1);
    assertEquals(values.length, IntStream.of(counts).sum());
    assertEquals(2, counts[0]);
    assertEquals(3, counts[WeightHistogramPanel.BINS / 2]);
    assertEquals(1, counts[WeightHistogramPanel.BINS - 1]);
    Weights last = new Weights(2, 3, new double[] {1, 2, 3, 4, 5, 6});
    assertArrayEquals(new double[] {2, 5}, last.into(1));
  }

  @Test
  void otherWeightsAndOtherSizesMayFollow() {
    ReadingView small = ReadingView.of(List.of("a", "b"), weights(9, 2));
    INDArray x = Nd4j.rand(DataType.FLOAT, 1, 9);
    INDArray answer = Nd4j.createFromArray(new float[][] {{0.25f, 0.75f}});
    small.read("step 0", 1, List.of(x, answer));
    small.weights(weights(9, 2));
    assertEquals(Theme.WIDTH, small.read("step 1", 1, List.of(x, answer)).getWidth());
    ReadingView idle = ReadingView.of(List.of("a", "b"), List.of(Nd4j.zeros(9, 2)));
    assertEquals(
        Theme.WIDTH, idle.read("nothing", 0, List.of(Nd4j.zeros(1, 9), answer)).getWidth());
  }

  @Test
  void namesWhatDoesNotFit() {
    assertMessage("shapes are [[784, 128], [64, 10]]", () -> view.weights(skipping()));
    assertMessage("[10, 10]", () -> ReadingView.of(NAMES, List.of(Nd4j.ones(10, 10))));
    assertMessage("to 10 classes", () -> ReadingView.of(NAMES, weights(784, 9)));
    assertMessage("are []", () -> ReadingView.of(NAMES, List.of()));
    INDArray diverged = Nd4j.ones(784, 10).putScalar(7, Float.NaN);
    assertMessage("NaN", () -> ReadingView.of(NAMES, List.of(diverged)));
    List<INDArray> good = reading(1, 0.5);
    assertMessage("[784, 128, 64]", () -> view.read("short", 1, good.subList(0, 3)));
    assertMessage("it is 10", () -> view.read("no class", 10, good));
    assertMessage("it is -1", () -> view.read("no class", -1, good));
    good.get(1).putScalar(0, Float.POSITIVE_INFINITY);
    assertMessage("infinite", () -> view.read("diverged", 1, good));
  }

  private List<INDArray> skipping() {
    return List.of(weights.get(0), weights.get(2));
  }

  private static void assertMessage(String part, Runnable call) {
    var error = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }

  private <T> T only(Class<T> kind) {
    Reading reading = Reading.of(1, reading(1, 0.5), weights.stream().map(Weights::of).toList());
    return view.panels(reading).values().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst()
        .orElseThrow();
  }

  private static double luminance(Color colour) {
    return 0.2126 * colour.getRed() + 0.7152 * colour.getGreen() + 0.0722 * colour.getBlue();
  }
}
