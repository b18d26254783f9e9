package journey.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A recurrent layer unrolled in time: the same layer once for each word, each handing its state to
 * the next. What is computed goes along the blue arrows, the gradient comes back along the orange
 * ones.
 *
 * <pre>{@code
 * UnrolledDiagram.of("Who", "painted", "this").draw()
 * }</pre>
 */
public final class UnrolledDiagram {

  private static final int MOST = 4;
  private static final int LEFT = 40;
  private static final int COLUMN = 185;
  private static final int LOSS = 36;
  private static final int STATE = 130;
  private static final int INPUT = 236;
  private static final int WORD = 282;
  private static final int HEIGHT = 330;
  private static final int BOX_WIDTH = 60;
  private static final int BOX_HEIGHT = 38;
  private static final int GAP = 5;

  /** How far the two arrows of a pair lie from the middle between them. */
  private static final int ASIDE = 8;

  private final List<String> words;

  private UnrolledDiagram(List<String> words) {
    this.words = words;
  }

  /**
   * The layer reading these words.
   *
   * @throws IllegalArgumentException if there are none, or more than four
   */
  public static UnrolledDiagram of(String... words) {
    if (words.length == 0 || words.length > MOST) {
      throw new IllegalArgumentException(
          "expected 1 to %d words, but there are %d".formatted(MOST, words.length));
    }
    return new UnrolledDiagram(List.of(words));
  }

  /** The picture. */
  public BufferedImage draw() {
    int n = words.size();
    BufferedImage image = Theme.blank(LEFT + n * COLUMN + 60, HEIGHT);
    Graphics2D g = Theme.pen(image);
    g.setFont(Theme.BOLD);
    Theme.centred(g, "0", LEFT, STATE + 5);
    for (int t = 1; t <= n; t++) {
      box(g, "h" + subscript(t), x(t), STATE);
      box(g, "x" + subscript(t), x(t), INPUT);
      g.setFont(Theme.PLAIN);
      Theme.centred(g, words.get(t - 1), x(t), WORD + 6);
      int from = t == 1 ? LEFT + 10 : x(t - 1) + BOX_WIDTH / 2;
      pair(g, "U", from + GAP, STATE, x(t) - BOX_WIDTH / 2 - GAP, STATE, t > 1);
      pair(g, "W", x(t), INPUT - BOX_HEIGHT / 2 - GAP, x(t), STATE + BOX_HEIGHT / 2 + GAP, true);
    }
    g.setFont(Theme.BOLD);
    g.setColor(Theme.TEXT);
    Theme.centred(g, "L", x(n), LOSS);
    pair(g, "", x(n), STATE - BOX_HEIGHT / 2 - GAP, x(n), LOSS + GAP, true);
    legend(g);
    g.dispose();
    return image;
  }

  private static int x(int t) {
    return LEFT + t * COLUMN - BOX_WIDTH / 2;
  }

  private static String subscript(int t) {
    return String.valueOf((char) ('₀' + t));
  }

  private static void box(Graphics2D g, String name, int x, int y) {
    int left = x - BOX_WIDTH / 2;
    int top = y - BOX_HEIGHT / 2;
    g.setColor(ColourScale.between(Color.WHITE, Theme.TRAIN, .12));
    g.fillRoundRect(left, top, BOX_WIDTH, BOX_HEIGHT, 12, 12);
    g.setColor(Theme.TRAIN);
    g.setStroke(new BasicStroke(1.5f));
    g.drawRoundRect(left, top, BOX_WIDTH, BOX_HEIGHT, 12, 12);
    g.setColor(Theme.TEXT);
    g.setFont(Theme.BOLD);
    Theme.centred(g, name, x, y + 5);
  }

  /** An arrow forward with a weight's name beside it and, where a gradient comes back, another. */
  private static void pair(
      Graphics2D g, String weight, int x0, int y0, int x1, int y1, boolean back) {
    g.setColor(Theme.TRAIN);
    arrow(g, x0, y0, x1, y1);
    if (back) {
      g.setColor(Theme.VALIDATION);
      arrow(g, x1, y1, x0, y0);
    }
    g.setColor(Theme.TEXT);
    g.setFont(Theme.BOLD);
    boolean across = y0 == y1;
    int x = across ? (x0 + x1) / 2 : x0 - ASIDE - 14;
    int y = across ? y0 - ASIDE - 8 : (y0 + y1) / 2 + 5;
    Theme.centred(g, weight, x, y);
  }

  /** Left of the line, as seen in its direction, so that there and back do not cover each other. */
  private static void arrow(Graphics2D g, int x0, int y0, int x1, int y1) {
    AffineTransform upright = g.getTransform();
    g.translate(x0, y0);
    g.rotate(Math.atan2(y1 - y0, x1 - x0));
    Theme.arrow(g, 0, (int) Math.hypot(x1 - x0, y1 - y0), -ASIDE);
    g.setTransform(upright);
  }

  private static void legend(Graphics2D g) {
    g.setFont(Theme.SMALL);
    g.setColor(Theme.TRAIN);
    g.drawString("forward: words to state", LEFT, HEIGHT - 12);
    g.setColor(Theme.VALIDATION);
    String back = "backward: the gradient of the loss L";
    g.drawString(
        back, LEFT + 30 + Theme.width("forward: words to state", Theme.SMALL), HEIGHT - 12);
  }
}
