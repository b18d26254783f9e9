package journey.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What classifiers make of examples that are two numbers each, a panel for each classifier: the
 * plane in the colours of the two classes, darker where the answer is surer; the line where it
 * changes; thinner, the lines of the hidden neurons; and the examples in the colour of their class.
 *
 * <pre>{@code
 * PlaneFigure.of(x, y, 2).panel("one neuron", neuron::activate).draw()
 * }</pre>
 */
public final class PlaneFigure {

  private static final int COLUMNS = 3;
  private static final int SIDE = 228;
  private static final int LEFT = 50;
  private static final int TOP = 30;
  private static final int BOTTOM = 44;
  private static final int LEGEND = 26;
  private static final int BANDS = 5;
  private static final double STRONGEST = 0.75;
  private static final double DOT = 6;
  private static final int CELL = Theme.WIDTH / COLUMNS;

  private final INDArray points;
  private final double[] labels;
  private final double half;
  private final INDArray grid;
  private final List<Panel> panels = new ArrayList<>();
  private String first = "first number";
  private String second = "second number";
  private String class0 = "class 0";
  private String class1 = "class 1";

  /** Probabilities of class 1 and hidden activations, point by point of the grid. */
  private record Panel(String title, double[] answers, double[] hidden) {

    int neurons() {
      return hidden.length / answers.length;
    }
  }

  private PlaneFigure(INDArray points, double[] labels, double half) {
    this.points = points.castTo(DataType.DOUBLE);
    this.labels = labels;
    this.half = half;
    this.grid = grid(half).castTo(points.dataType());
  }

  /**
   * A figure without panels.
   *
   * @param points of shape {@code [n, 2]}
   * @param labels 0 or 1 for each, of shape {@code [n, 1]}
   * @param half the plane is seen from {@code -half} to {@code half} in both directions
   * @throws IllegalArgumentException if the shapes are others, or {@code half} is not above 0
   */
  public static PlaneFigure of(INDArray points, INDArray labels, double half) {
    long n = points.size(0);
    if (!Arrays.equals(points.shape(), new long[] {n, 2})
        || !Arrays.equals(labels.shape(), new long[] {n, 1})
        || !(half > 0)) {
      throw new IllegalArgumentException(
          "expected points [n, 2], labels [n, 1] and half a width above 0, but found %s, %s and %s"
              .formatted(Arrays.toString(points.shape()), Arrays.toString(labels.shape()), half));
    }
    return new PlaneFigure(points, labels.castTo(DataType.DOUBLE).data().asDouble(), half);
  }

  /**
   * Sets the titles of the axes.
   *
   * @return this figure
   */
  public PlaneFigure axes(String first, String second) {
    this.first = first;
    this.second = second;
    return this;
  }

  /**
   * Sets the names of the classes.
   *
   * @return this figure
   */
  public PlaneFigure classes(String class0, String class1) {
    this.class0 = class0;
    this.class1 = class1;
    return this;
  }

  /**
   * Adds the panel of a classifier as it is now; it may learn on.
   *
   * @param classifier gives the probabilities of class 1, {@code [m, 1]}, for points {@code [m, 2]}
   * @return this figure
   */
  public PlaneFigure panel(String title, UnaryOperator<INDArray> classifier) {
    return panel(title, classifier, x -> Nd4j.empty(x.dataType()));
  }

  /**
   * Adds the panel of a network with a hidden layer of sigmoids as it is now; it may learn on.
   *
   * @param classifier gives the probabilities of class 1, {@code [m, 1]}, for points {@code [m, 2]}
   * @param hidden gives the activations of the hidden neurons, {@code [m, neurons]}; a neuron's
   *     line is where its activation is 0.5
   * @return this figure
   */
  public PlaneFigure panel(
      String title, UnaryOperator<INDArray> classifier, UnaryOperator<INDArray> hidden) {
    panels.add(new Panel(title, values(classifier.apply(grid)), values(hidden.apply(grid))));
    return this;
  }

  /**
   * The panels, three in a row.
   *
   * @throws IllegalStateException if there is none
   */
  public BufferedImage draw() {
    if (panels.isEmpty()) {
      throw new IllegalStateException("nothing to draw: add a panel first");
    }
    int columns = Math.min(COLUMNS, panels.size());
    int rows = (panels.size() + columns - 1) / columns;
    int cellHeight = TOP + SIDE + BOTTOM;
    BufferedImage image = Theme.blank(Math.max(2, columns) * CELL, rows * cellHeight + LEGEND);
    for (int i = 0; i < panels.size(); i++) {
      int left = i % columns * CELL;
      int top = i / columns * cellHeight;
      draw(image.getSubimage(left, top, CELL, cellHeight), panels.get(i));
    }
    Graphics2D g = Theme.pen(image);
    g.translate(LEFT, rows * cellHeight + LEGEND / 2);
    legend(g);
    g.dispose();
    return image;
  }

  private void draw(BufferedImage cell, Panel panel) {
    Graphics2D g = Theme.pen(cell);
    for (int i = 0; i < SIDE * SIDE; i++) {
      cell.setRGB(LEFT + i % SIDE, TOP + i / SIDE, shade(panel.answers[i]).getRGB());
    }
    int neurons = panel.neurons();
    for (int neuron = 0; neuron < neurons; neuron++) {
      int n = neuron;
      line(g, i -> panel.hidden[i * neurons + n], Theme.REFERENCE, 1);
    }
    line(g, i -> panel.answers[i], Theme.TEXT, 3);
    g.setClip(LEFT, TOP, SIDE, SIDE);
    dots(g);
    g.setClip(null);
    axes(g);
    g.setFont(Theme.BOLD);
    g.setColor(Theme.TEXT);
    Theme.centred(g, panel.title, LEFT + SIDE / 2, TOP - 10);
    g.dispose();
  }

  /** Marks each pixel whose neighbour to the right or below lies on the other side of 0.5. */
  private static void line(Graphics2D g, IntToDoubleFunction value, Color colour, int width) {
    g.setColor(colour);
    for (int y = 0; y < SIDE - 1; y++) {
      for (int x = 0; x < SIDE - 1; x++) {
        boolean here = value.applyAsDouble(y * SIDE + x) >= 0.5;
        boolean right = value.applyAsDouble(y * SIDE + x + 1) >= 0.5;
        boolean below = value.applyAsDouble((y + 1) * SIDE + x) >= 0.5;
        if (here != right || here != below) {
          g.fillRect(LEFT + x - width / 2, TOP + y - width / 2, width, width);
        }
      }
    }
  }

  private void dots(Graphics2D g) {
    g.setStroke(new BasicStroke(1));
    for (int i = 0; i < labels.length; i++) {
      double x = LEFT + SIDE * (1 + points.getDouble(i, 0) / half) / 2;
      double y = TOP + SIDE * (1 - points.getDouble(i, 1) / half) / 2;
      dot(g, x, y, Theme.ofClass((int) labels[i]));
    }
  }

  private static void dot(Graphics2D g, double x, double y, Color colour) {
    var dot = new Ellipse2D.Double(x - DOT / 2, y - DOT / 2, DOT, DOT);
    g.setColor(colour);
    g.fill(dot);
    g.setColor(Theme.TEXT);
    g.draw(dot);
  }

  private void axes(Graphics2D g) {
    g.setFont(Theme.SMALL);
    g.setColor(Theme.QUIET_TEXT);
    int whole = (int) half;
    for (int tick = -whole; tick <= whole; tick++) {
      int offset = (int) (SIDE * (1 + tick / half) / 2);
      String text = Integer.toString(tick);
      Theme.centred(g, text, LEFT + offset, TOP + SIDE + 16);
      g.drawString(text, LEFT - 8 - Theme.width(text, Theme.SMALL), TOP + SIDE - offset + 4);
    }
    g.setColor(Theme.TEXT);
    Theme.centred(g, first, LEFT + SIDE / 2, TOP + SIDE + 34);
    var upright = (Graphics2D) g.create();
    upright.rotate(-Math.PI / 2);
    Theme.centred(upright, second, -(TOP + SIDE / 2), 16);
    upright.dispose();
  }

  private void legend(Graphics2D g) {
    g.setFont(Theme.SMALL);
    int x = 0;
    for (int c = 0; c < 2; c++) {
      dot(g, x + DOT / 2, 0, Theme.ofClass(c));
      x = label(g, c == 0 ? class0 : class1, x + 12);
    }
    g.fillRect(x, -1, 22, 3);
    x = label(g, "the answer changes", x + 28);
    if (panels.stream().anyMatch(panel -> panel.neurons() > 0)) {
      g.setColor(Theme.REFERENCE);
      g.fillRect(x, 0, 22, 1);
      label(g, "a hidden neuron's answer changes", x + 28);
    }
  }

  private static int label(Graphics2D g, String text, int x) {
    g.setColor(Theme.TEXT);
    g.drawString(text, x, 4);
    return x + Theme.width(text, Theme.SMALL) + 24;
  }

  /** White at 0.5, stronger in steps towards the class whose probability is higher. */
  private static Color shade(double probability) {
    double sure = Math.abs(2 * probability - 1);
    double step = Math.min(BANDS - 1, Math.floor(BANDS * sure)) / (BANDS - 1);
    Color colour = Theme.ofClass(probability >= 0.5 ? 1 : 0);
    return ColourScale.between(Color.WHITE, colour, STRONGEST * step);
  }

  /** The middles of the pixels, row by row from the top left. */
  private static INDArray grid(double half) {
    double[][] grid = new double[SIDE * SIDE][];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = new double[] {middle(i % SIDE) * half, -middle(i / SIDE) * half};
    }
    return Nd4j.create(grid);
  }

  private static double middle(int pixel) {
    return (2 * pixel + 1.0) / SIDE - 1;
  }

  /** In one copy from native memory: ND4J makes one for each row, which takes long. */
  private static double[] values(INDArray array) {
    return array.isEmpty()
        ? new double[0]
        : array.castTo(DataType.DOUBLE).reshape('c', new long[] {array.length()}).toDoubleVector();
  }
}
