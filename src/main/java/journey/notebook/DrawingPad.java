package journey.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A square to draw a digit in with the mouse or a finger, for a notebook's page: {@code
 * render(DrawingPad.html(), "text/html")}. What is drawn becomes a line of text to copy into a
 * cell, for no kernel has another way in: a hexadecimal figure for each of 28x28 pixels, row by
 * row, from 0, white paper, to f, black ink.
 *
 * <p>Jupyter runs the script when the cell has been run, and not when a notebook is only opened.
 */
public final class DrawingPad {

  private DrawingPad() {}

  /** The square, its buttons, the line, and the script that joins them. */
  public static String html() {
    try (InputStream page = DrawingPad.class.getResourceAsStream("drawing_pad.html")) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new UncheckedIOException("the drawing pad's page cannot be read", impossible);
    }
  }
}
