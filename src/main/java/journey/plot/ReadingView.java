package journey.plot;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network of fully connected layers while it reads one grey picture after the other, in seven
 * panels: the picture, the probabilities, the neurons at work, all answers so far, the activations
 * of each layer, the weights into the output that has won, the confidence of the latest answers. It
 * takes arrays and knows no network, and is fast enough to be shown live:
 *
 * <pre>{@code
 * ReadingView view = ReadingView.of(names, weights);
 * String id = display("here");
 * updateDisplay(id, view.read("digit 1", label, activations));
 * }</pre>
 *
 * <p>It counts what it has shown. Not for use by several threads at once.
 */
public final class ReadingView {

  private static final int TITLE = 30;
  private static final int SIDE = 222;
  private static final int UPPER = 232;
  private static final int LOWER = 190;
  private static final int BOTTOM = 200;
  private static final int HEIGHT = TITLE + UPPER + LOWER + BOTTOM;
  private static final int HALF = Theme.WIDTH / 2;

  private final List<String> names;
  private final int[][] counts;
  private final Deque<ConfidencePanel.Answer> latest = new ArrayDeque<>();
  private List<Weights> weights;
  private int answers;
  private double highest = 1;

  private ReadingView(List<String> names) {
    this.names = List.copyOf(names);
    this.counts = new int[names.size()][names.size()];
  }

  /**
   * A view that has shown nothing yet.
   *
   * @param classNames the name of each class, in the order of the outputs
   * @param weights of each layer, {@code [inputs, outputs]}, from the first to the last
   * @throws IllegalArgumentException as {@link #weights} does
   */
  public static ReadingView of(List<String> classNames, List<INDArray> weights) {
    return new ReadingView(classNames).weights(weights);
  }

  /**
   * Takes other weights from now on, such as those after a further step of training. The view keeps
   * a copy.
   *
   * @return this view
   * @throws IllegalArgumentException if the inputs of the first layer are no square picture, those
   *     of another one are not the outputs of the one before, the last layer has not an output for
   *     each class, or a weight is not finite
   */
  public ReadingView weights(List<INDArray> weights) {
    List<long[]> shapes = weights.stream().map(INDArray::shape).toList();
    boolean fits = !shapes.isEmpty() && shapes.stream().allMatch(shape -> shape.length == 2);
    for (int layer = 1; fits && layer < shapes.size(); layer++) {
      fits = shapes.get(layer)[0] == shapes.get(layer - 1)[1];
    }
    if (fits) {
      long side = Math.round(Math.sqrt(shapes.get(0)[0]));
      fits = side * side == shapes.get(0)[0] && shapes.get(shapes.size() - 1)[1] == names.size();
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "expected the weights of layers that follow each other, from a square picture to %d classes, but their shapes are %s"
              .formatted(names.size(), shapes.stream().map(Arrays::toString).toList()));
    }
    this.weights = weights.stream().map(Weights::of).toList();
    return this;
  }

  /**
   * Shows what a picture stirs up, and counts the answer.
   *
   * @param title what stands above all, such as the number of the picture
   * @param label the true class
   * @param activations the picture's colour values, from 0 to 1, then each layer's outputs, each of
   *     shape {@code [1, n]}; the last are the softmax's probabilities
   * @throws IllegalArgumentException if these do not fit the weights, a number is not finite, or
   *     the label is no class
   */
  public BufferedImage read(String title, int label, List<INDArray> activations) {
    return show(title, Reading.of(label, activations, weights));
  }

  private BufferedImage show(String title, Reading reading) {
    counts[reading.label()][reading.answer()]++;
    answers++;
    latest.addLast(new ConfidencePanel.Answer(reading.confidence(), reading.isRight()));
    if (latest.size() > ConfidencePanel.MOST) {
      latest.removeFirst();
    }
    for (double[] a : reading.activations()) {
      highest = Math.max(highest, Arrays.stream(a).max().orElse(0));
    }
    BufferedImage image = Theme.blank(Theme.WIDTH, HEIGHT);
    Graphics2D g = Theme.pen(image);
    g.setFont(Theme.BOLD.deriveFont(16f));
    Theme.centred(g, title, HALF, 22);
    panels(reading)
        .forEach(
            (place, panel) -> {
              Graphics2D inside =
                  (Graphics2D) g.create(place.x, place.y, place.width, place.height);
              panel.paint(inside, place.width, place.height);
              inside.dispose();
            });
    g.dispose();
    return FewColours.of(image);
  }

  /** Each panel and its place in the picture. */
  Map<Rectangle, Panel> panels(Reading reading) {
    int middle = TITLE + UPPER;
    int right = Theme.WIDTH - SIDE;
    int below = middle + LOWER;
    Weights last = weights.get(weights.size() - 1);
    List<ConfidencePanel.Answer> shown = new ArrayList<>(latest);
    Map<Rectangle, Panel> panels = new LinkedHashMap<>();
    panels.put(new Rectangle(0, TITLE, SIDE, UPPER), new DigitPanel(reading, names));
    panels.put(new Rectangle(0, middle, SIDE, LOWER), new ProbabilityPanel(reading, names));
    panels.put(
        new Rectangle(SIDE, TITLE, right - SIDE, UPPER + LOWER),
        new NetworkPanel(reading, weights, names));
    panels.put(new Rectangle(right, TITLE, SIDE, UPPER), new ConfusionPanel(counts, names));
    panels.put(new Rectangle(right, middle, SIDE, LOWER), new ActivityPanel(reading, highest));
    panels.put(
        new Rectangle(0, below, HALF, BOTTOM), new WeightHistogramPanel(reading, last, names));
    panels.put(
        new Rectangle(HALF, below, Theme.WIDTH - HALF, BOTTOM),
        new ConfidencePanel(shown, answers - shown.size() + 1));
    return panels;
  }
}
