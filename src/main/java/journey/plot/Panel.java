package journey.plot;

import java.awt.Graphics2D;

/** A part of a picture: a title, and below it what it shows. */
interface Panel {

  /** Free space at the sides, in pixels. */
  int MARGIN = 12;

  /** Where what a panel shows begins, below its title. */
  int TOP = 30;

  /** Paints into the rectangle from 0, 0 to {@code width}, {@code height}, on the background. */
  void paint(Graphics2D g, int width, int height);

  /** Writes a panel's title. */
  static void title(Graphics2D g, String text) {
    g.setColor(Theme.TEXT);
    g.setFont(Theme.BOLD);
    g.drawString(text, MARGIN, 20);
  }
}
