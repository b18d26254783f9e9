package journey.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A residual block: its input x goes through the layers f, in blue, and past them by the skip
 * connection, in orange; both are added up.
 *
 * <pre>{@code
 * ResidualDiagram.of("convolution", "batch norm", "ReLU").draw()
 * }</pre>
 */
public final class ResidualDiagram {

  private static final int HEIGHT = 150;
  private static final int MIDDLE = 100;
  private static final int SKIP = 40;
  private static final int BOX = 38;
  private static final int INPUT = 40;
  private static final int ARROW = 24;
  private static final int RADIUS = 14;

  private final List<String> layers;

  private ResidualDiagram(List<String> layers) {
    this.layers = layers;
  }

  /**
   * A block of these layers, from its input on.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ResidualDiagram of(String... layers) {
    if (layers.length == 0) {
      throw new IllegalArgumentException(
          "expected the names of the block's layers, but there are none");
    }
    return new ResidualDiagram(List.of(layers));
  }

  /** The picture. */
  public BufferedImage draw() {
    int boxes = layers.stream().mapToInt(layer -> ARROW + width(layer)).sum();
    int sum = INPUT + boxes + ARROW + RADIUS + 10;
    BufferedImage image = Theme.blank(sum + 150, HEIGHT);
    Graphics2D g = Theme.pen(image);
    g.setFont(Theme.BOLD);
    Theme.centred(g, "x", INPUT - 14, MIDDLE + 5);
    drawSkip(g, sum);
    g.setColor(Theme.TRAIN);
    g.drawString("f(x)", INPUT + 30, MIDDLE + BOX / 2 + 20);
    int x = INPUT;
    for (String layer : layers) {
      g.setColor(Theme.TRAIN);
      Theme.arrow(g, x + 2, x + ARROW - 2, MIDDLE);
      x += ARROW;
      box(g, layer, x);
      x += width(layer);
    }
    g.setColor(Theme.TRAIN);
    Theme.arrow(g, x, sum - RADIUS - 2, MIDDLE);
    g.setColor(Theme.TEXT);
    g.setStroke(new BasicStroke(1.8f));
    g.draw(new Ellipse2D.Double(sum - RADIUS, MIDDLE - RADIUS, 2 * RADIUS, 2 * RADIUS));
    g.setFont(Theme.BOLD);
    Theme.centred(g, "+", sum, MIDDLE + 5);
    Theme.arrow(g, sum + RADIUS + 2, sum + RADIUS + 30, MIDDLE);
    g.drawString("x + f(x)", sum + RADIUS + 38, MIDDLE + 5);
    g.dispose();
    return image;
  }

  private static void drawSkip(Graphics2D g, int sum) {
    g.setColor(Theme.VALIDATION);
    g.setStroke(new BasicStroke(2.5f));
    int from = INPUT;
    g.drawLine(from, MIDDLE, from, SKIP);
    g.drawLine(from, SKIP, sum, SKIP);
    g.drawLine(sum, SKIP, sum, MIDDLE - RADIUS - 2);
    g.drawLine(sum - 5, MIDDLE - RADIUS - 8, sum, MIDDLE - RADIUS - 2);
    g.drawLine(sum + 5, MIDDLE - RADIUS - 8, sum, MIDDLE - RADIUS - 2);
    Theme.centred(g, "skip connection", (from + sum) / 2, SKIP - 9);
  }

  private static void box(Graphics2D g, String layer, int x) {
    int width = width(layer);
    g.setColor(ColourScale.between(Color.WHITE, Theme.TRAIN, .12));
    g.fillRoundRect(x, MIDDLE - BOX / 2, width, BOX, 12, 12);
    g.setColor(Theme.TRAIN);
    g.setStroke(new BasicStroke(1.5f));
    g.drawRoundRect(x, MIDDLE - BOX / 2, width, BOX, 12, 12);
    g.setColor(Theme.TEXT);
    g.setFont(Theme.SMALL);
    Theme.centred(g, layer, x + width / 2, MIDDLE + 5);
    g.setFont(Theme.BOLD);
  }

  private static int width(String layer) {
    return Theme.width(layer, Theme.SMALL) + 16;
  }
}
