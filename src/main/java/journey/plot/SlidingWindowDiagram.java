package journey.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * How a filter slides over a picture: left the picture with its frame of zeros, in the middle the
 * filter, right the map. Two places that follow each other, and the numbers they give, are marked
 * in blue and orange.
 *
 * <pre>{@code
 * SlidingWindowDiagram.of(6, 3).padding(1).stride(2).draw()
 * }</pre>
 */
public final class SlidingWindowDiagram {

  private static final int CELL = 24;
  private static final int GAP = 70;
  private static final int MARGIN = 16;
  private static final int CAPTION = 26;
  private static final Color FIRST = Theme.TRAIN;
  private static final Color NEXT = Theme.VALIDATION;

  private final int side;
  private final int window;
  private int padding;
  private int stride = 1;

  private SlidingWindowDiagram(int side, int window) {
    this.side = side;
    this.window = window;
  }

  /**
   * A square picture and a square filter, with a stride of 1 and without padding.
   *
   * @throws IllegalArgumentException if the filter has no pixel or does not fit into the picture
   */
  public static SlidingWindowDiagram of(int side, int window) {
    if (window < 1 || window > side) {
      throw new IllegalArgumentException(
          "expected a window of 1 to %d pixels, as wide as the picture, but found %d"
              .formatted(side, window));
    }
    return new SlidingWindowDiagram(side, window);
  }

  /**
   * Sets the width of the frame of zeros around the picture.
   *
   * @return this diagram
   * @throws IllegalArgumentException if it is negative
   */
  public SlidingWindowDiagram padding(int pixels) {
    if (pixels < 0) {
      throw new IllegalArgumentException(
          "expected a padding of 0 pixels or more, but found " + pixels);
    }
    this.padding = pixels;
    return this;
  }

  /**
   * Sets how far the window moves from one place to the next.
   *
   * @return this diagram
   * @throws IllegalArgumentException if it is not positive
   */
  public SlidingWindowDiagram stride(int pixels) {
    if (pixels < 1) {
      throw new IllegalArgumentException(
          "expected a stride of 1 pixel or more, but found " + pixels);
    }
    this.stride = pixels;
    return this;
  }

  /** The picture. */
  public BufferedImage draw() {
    int framed = side + 2 * padding;
    int places = (framed - window) / stride + 1;
    int height = 2 * MARGIN + CELL * framed + CAPTION;
    int atFilter = MARGIN + CELL * framed + GAP;
    int atMap = atFilter + CELL * window + GAP;
    BufferedImage image = Theme.blank(atMap + Math.max(CELL * places, 70) + MARGIN, height);
    Graphics2D g = Theme.pen(image);
    int middle = MARGIN + CELL * framed / 2;
    int base = height - MARGIN + 4;

    drawPicture(g, framed);
    title(g, pictureTitle(), MARGIN, framed, base);

    int filterTop = middle - CELL * window / 2;
    grid(g, atFilter, filterTop, window, ColourScale.between(Color.WHITE, FIRST, .25));
    title(g, "filter " + square(window), atFilter, window, base);

    int mapTop = middle - CELL * places / 2;
    grid(g, atMap, mapTop, places, Theme.BACKGROUND);
    for (int place = Math.min(2, places) - 1; place >= 0; place--) {
      Color colour = place == 0 ? FIRST : NEXT;
      outline(g, MARGIN + CELL * stride * place, MARGIN, window, colour);
      g.setColor(ColourScale.between(Color.WHITE, colour, .6));
      g.fillRect(atMap + CELL * place + 1, mapTop + 1, CELL - 1, CELL - 1);
    }
    title(g, "map " + square(places), atMap, places, base);

    g.setColor(Theme.QUIET_TEXT);
    Theme.arrow(g, atMap - GAP + 14, atMap - 14, middle);
    g.setFont(Theme.BOLD);
    Theme.centred(g, "×", atFilter - GAP / 2, middle + 5);
    g.dispose();
    return image;
  }

  private void drawPicture(Graphics2D g, int framed) {
    grid(g, MARGIN, MARGIN, framed, Theme.GRID);
    grid(g, MARGIN + CELL * padding, MARGIN + CELL * padding, side, Theme.BACKGROUND);
    g.setColor(Theme.QUIET_TEXT);
    g.setFont(Theme.SMALL);
    for (int row = 0; row < framed; row++) {
      for (int column = 0; column < framed; column++) {
        if (isFrame(row) || isFrame(column)) {
          Theme.centred(g, "0", MARGIN + CELL * column + 12, MARGIN + CELL * row + 17);
        }
      }
    }
  }

  private boolean isFrame(int place) {
    return place < padding || place >= side + padding;
  }

  private String pictureTitle() {
    return padding == 0
        ? "picture " + square(side)
        : "picture %s, padding %d".formatted(square(side), padding);
  }

  private static String square(int side) {
    return side + " × " + side;
  }

  private static void grid(Graphics2D g, int x, int y, int cells, Color fill) {
    g.setColor(fill);
    g.fillRect(x, y, CELL * cells, CELL * cells);
    g.setColor(Theme.QUIET_TEXT);
    g.setStroke(new BasicStroke(1));
    for (int line = 0; line <= cells; line++) {
      g.drawLine(x + CELL * line, y, x + CELL * line, y + CELL * cells);
      g.drawLine(x, y + CELL * line, x + CELL * cells, y + CELL * line);
    }
  }

  private static void outline(Graphics2D g, int x, int y, int cells, Color colour) {
    g.setColor(Theme.transparent(colour, 45));
    g.fillRect(x, y, CELL * cells, CELL * cells);
    g.setColor(colour);
    g.setStroke(new BasicStroke(3));
    g.drawRect(x, y, CELL * cells, CELL * cells);
  }

  private static void title(Graphics2D g, String text, int x, int cells, int base) {
    g.setColor(Theme.TEXT);
    g.setFont(Theme.PLAIN);
    Theme.centred(g, text, x + CELL * cells / 2, base);
  }
}
