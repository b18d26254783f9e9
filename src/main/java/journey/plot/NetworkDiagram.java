package journey.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A network of fully connected layers and what it computes. Above, its neurons. Below, the
 * computation: forward, in blue, from the input x through each layer's weighted sum z and
 * activation a to the loss L; backward, in orange, the error δ of each layer and, below it, the
 * gradients of the layer's weights W and biases b. Shapes are left out.
 *
 * <pre>{@code
 * NetworkDiagram.of(3072, 64, 1).names("pixels", "hidden neurons", "answer").draw()
 * }</pre>
 */
public final class NetworkDiagram {

  private static final int MARGIN = 30;
  private static final int NEURONS_TOP = 52;
  private static final int NEURONS_HEIGHT = 170;
  private static final int CHAIN = 318;
  private static final int BACKWARD = 372;
  private static final int HEIGHT = 472;
  private static final int MOST_CIRCLES = 6;
  private static final int RADIUS = 10;
  private static final int BOX = 42;
  private static final Font SYMBOL = Theme.PLAIN.deriveFont(16f);
  private static final Color FORWARD = Theme.TRAIN;
  private static final Color BACK = Theme.VALIDATION;
  private static final Color EDGE = new Color(0xCFD8E0);

  private final int[] sizes;
  private List<String> names;
  private List<String> activations;
  private final Map<Integer, List<String>> letters = new HashMap<>();
  private boolean forwardOnly;

  private NetworkDiagram(int[] sizes) {
    this.sizes = sizes;
    this.names = IntStream.range(0, sizes.length).mapToObj(this::defaultName).toList();
    this.activations = IntStream.range(1, sizes.length).mapToObj(l -> "σ").toList();
  }

  /**
   * A network of these sizes: the number of inputs, then of each layer's neurons. By default all
   * activations are sigmoids.
   *
   * @throws IllegalArgumentException if there are not 1 to 3 layers beside the input, or a size is
   *     not positive
   */
  public static NetworkDiagram of(int... sizes) {
    if (sizes.length < 2 || sizes.length > 4 || !Arrays.stream(sizes).allMatch(s -> s > 0)) {
      throw new IllegalArgumentException(
          "expected the number of inputs and of the neurons of 1 to 3 layers, but found %s"
              .formatted(Arrays.toString(sizes)));
    }
    return new NetworkDiagram(sizes.clone());
  }

  /**
   * Sets the titles above the input and above each layer.
   *
   * @return this diagram
   * @throws IllegalArgumentException if there is not one for each
   */
  public NetworkDiagram names(String... names) {
    this.names = oneFor(sizes.length, "the input and each layer", names);
    return this;
  }

  /**
   * Sets the symbol of each layer's activation, such as σ, tanh, ReLU or softmax.
   *
   * @return this diagram
   * @throws IllegalArgumentException if there is not one for each layer
   */
  public NetworkDiagram activations(String... symbols) {
    this.activations = oneFor(sizes.length - 1, "each layer", symbols);
    return this;
  }

  /**
   * Writes a letter into each circle of a layer, from top to bottom.
   *
   * @param layer 0 for the input
   * @return this diagram
   * @throws IllegalArgumentException if there is no such layer, or not one letter for each circle
   */
  public NetworkDiagram letters(int layer, String... letters) {
    if (layer < 0 || layer >= sizes.length) {
      throw new IllegalArgumentException(
          "expected a layer from 0, the input, to %d, but found %d"
              .formatted(sizes.length - 1, layer));
    }
    this.letters.put(layer, oneFor(circles(layer).length, "each circle", letters));
    return this;
  }

  /**
   * Leaves out the way back, for a text that has not derived it yet.
   *
   * @return this diagram
   */
  public NetworkDiagram forwardOnly() {
    this.forwardOnly = true;
    return this;
  }

  /** The picture. */
  public BufferedImage draw() {
    BufferedImage image = Theme.blank(Theme.WIDTH, forwardOnly ? BACKWARD : HEIGHT);
    Graphics2D g = Theme.pen(image);
    drawEdges(g);
    for (int layer = 0; layer < sizes.length; layer++) {
      drawNeurons(g, layer);
    }
    drawForward(g);
    if (!forwardOnly) {
      drawBackward(g);
    }
    g.dispose();
    return image;
  }

  private void drawEdges(Graphics2D g) {
    g.setColor(EDGE);
    g.setStroke(new BasicStroke(1));
    for (int layer = 1; layer < sizes.length; layer++) {
      for (int from : circles(layer - 1)) {
        for (int to : circles(layer)) {
          g.drawLine(column(layer - 1), from, column(layer), to);
        }
      }
    }
  }

  private void drawNeurons(Graphics2D g, int layer) {
    int x = column(layer);
    int[] circles = circles(layer);
    List<String> inCircles = letters.getOrDefault(layer, List.of());
    for (int i = 0; i < circles.length; i++) {
      int y = circles[i];
      g.setColor(layer == 0 ? Theme.BACKGROUND : ColourScale.between(Color.WHITE, FORWARD, .25));
      var circle = new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS);
      g.fill(circle);
      g.setColor(FORWARD);
      g.setStroke(new BasicStroke(1.5f));
      g.draw(circle);
      if (!inCircles.isEmpty()) {
        g.setColor(Theme.TEXT);
        g.setFont(Theme.SMALL);
        Theme.centred(g, inCircles.get(i), x, y + 4);
      }
    }
    if (sizes[layer] > circles.length) {
      drawDots(g, x, (circles[circles.length / 2 - 1] + circles[circles.length / 2]) / 2);
    }
    g.setColor(Theme.TEXT);
    g.setFont(Theme.BOLD);
    Theme.centred(g, String.format(Locale.ROOT, "%,d", sizes[layer]), x, NEURONS_TOP - 28);
    g.setFont(Theme.PLAIN);
    Theme.centred(g, names.get(layer), x, NEURONS_TOP - 11);
  }

  /** Stands for the neurons that are not drawn. */
  private static void drawDots(Graphics2D g, int x, int y) {
    g.setColor(Theme.QUIET_TEXT);
    for (int dot = -1; dot <= 1; dot++) {
      g.fill(new Ellipse2D.Double(x - 2, y + 7 * dot - 2, 4, 4));
    }
  }

  private void drawForward(Graphics2D g) {
    List<String> values = values();
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        g.setColor(FORWARD);
        Theme.arrow(g, step(i - 1) + BOX / 2 + 3, step(i) - BOX / 2 - 3, CHAIN);
        g.setFont(Theme.PLAIN);
        Theme.centred(g, link(i), (step(i - 1) + step(i)) / 2, CHAIN - 10);
      }
      box(g, values.get(i), step(i));
    }
    title(g, "forward", FORWARD, CHAIN - 44);
  }

  private static void title(Graphics2D g, String text, Color colour, int y) {
    g.setColor(colour);
    g.setFont(Theme.BOLD);
    g.drawString(text, MARGIN - 15, y);
  }

  private static void box(Graphics2D g, String symbol, int x) {
    g.setColor(ColourScale.between(Color.WHITE, FORWARD, .12));
    g.fillRoundRect(x - BOX / 2, CHAIN - BOX / 2, BOX, BOX, 12, 12);
    g.setColor(FORWARD);
    g.setStroke(new BasicStroke(1.5f));
    g.drawRoundRect(x - BOX / 2, CHAIN - BOX / 2, BOX, BOX, 12, 12);
    g.setColor(Theme.TEXT);
    g.setFont(SYMBOL);
    Theme.centred(g, symbol, x, CHAIN + 6);
  }

  private void drawBackward(Graphics2D g) {
    int layers = sizes.length - 1;
    for (int layer = layers; layer >= 1; layer--) {
      int z = step(2 * layer - 1);
      int from = layer == layers ? step(2 * layer + 1) : step(2 * layer + 1) - 22;
      g.setColor(BACK);
      Theme.arrow(g, from - 2, z + 22, BACKWARD);
      g.setFont(SYMBOL);
      Theme.centred(g, "δ" + subscript(layer), z, BACKWARD + 6);
      g.setFont(Theme.PLAIN);
      Theme.centred(g, error(layer), (from + z + 22) / 2, BACKWARD + 22);
      g.setColor(Theme.TEXT);
      Theme.centred(g, weightGradient(layer), Math.max(z, 95), BACKWARD + 58);
      Theme.centred(g, biasGradient(layer), Math.max(z, 95), BACKWARD + 78);
      g.setColor(BACK);
      g.setStroke(new BasicStroke(1.2f));
      g.drawLine(z, BACKWARD + 14, z, BACKWARD + 40);
    }
    g.drawLine(step(2 * layers + 1), CHAIN + BOX / 2 + 3, step(2 * layers + 1), BACKWARD);
    title(g, "backward", BACK, BACKWARD + 6);
  }

  /** x, z₁, a₁, z₂, a₂, …, L */
  private List<String> values() {
    List<String> values = new ArrayList<>(List.of("x"));
    for (int layer = 1; layer < sizes.length; layer++) {
      values.add("z" + subscript(layer));
      values.add("a" + subscript(layer));
    }
    values.add("L");
    return values;
  }

  /** What leads to the value at a place of the chain. */
  private String link(int place) {
    if (place == 2 * sizes.length - 1) {
      return "loss";
    }
    int layer = (place + 1) / 2;
    return place % 2 == 1 ? "W%1$s, b%1$s".formatted(subscript(layer)) : activations.get(layer - 1);
  }

  private String error(int layer) {
    if (layer == sizes.length - 1) {
      return "(a%s − y) / batch".formatted(subscript(layer));
    }
    String next = subscript(layer + 1);
    return "δ%s·W%sᵀ ⊙ %s′(z%s)"
        .formatted(next, next, activations.get(layer - 1), subscript(layer));
  }

  private static String weightGradient(int layer) {
    String input = layer == 1 ? "x" : "a" + subscript(layer - 1);
    return "∂L/∂W%1$s = %2$sᵀ·δ%1$s".formatted(subscript(layer), input);
  }

  private static String biasGradient(int layer) {
    return "∂L/∂b%1$s = Σ δ%1$s".formatted(subscript(layer));
  }

  private int column(int layer) {
    int edge = 70;
    return edge + layer * (Theme.WIDTH - 2 * edge) / (sizes.length - 1);
  }

  private int step(int place) {
    int places = 2 * sizes.length;
    return MARGIN + BOX / 2 + place * (Theme.WIDTH - 2 * MARGIN - BOX) / (places - 1);
  }

  /** The middles of a layer's circles, from top to bottom, with room for dots if not all fit. */
  private int[] circles(int layer) {
    boolean all = sizes[layer] <= MOST_CIRCLES;
    int drawn = all ? sizes[layer] : MOST_CIRCLES;
    int places = all ? drawn : drawn + 1;
    int distance = NEURONS_HEIGHT / (MOST_CIRCLES + 1);
    int top = NEURONS_TOP + NEURONS_HEIGHT / 2 - distance * (places - 1) / 2;
    return IntStream.range(0, drawn)
        .map(i -> top + distance * (all || i < drawn / 2 ? i : i + 1))
        .toArray();
  }

  private String defaultName(int layer) {
    if (layer == 0) {
      return "input";
    }
    return layer == sizes.length - 1 ? "output" : "hidden layer " + layer;
  }

  private static String subscript(int number) {
    return Character.toString('₀' + number);
  }

  private static List<String> oneFor(int count, String what, String[] texts) {
    if (texts.length != count) {
      throw new IllegalArgumentException(
          "expected a text for %s, %d in all, but found %s"
              .formatted(what, count, Arrays.toString(texts)));
    }
    return List.of(texts);
  }
}
