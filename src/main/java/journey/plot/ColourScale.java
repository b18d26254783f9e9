package journey.plot;

import java.awt.Color;

/** Numbers as colours. */
final class ColourScale {

  private static final Color NEGATIVE = new Color(0x2166AC);
  private static final Color LIGHT_NEGATIVE = new Color(0x92C5DE);
  private static final Color ZERO = new Color(0xF7F7F7);
  private static final Color LIGHT_POSITIVE = new Color(0xF4A582);
  private static final Color POSITIVE = new Color(0xB2182B);

  private ColourScale() {}

  /** From one colour, at 0, to another, at 1. */
  static Color between(Color from, Color to, double t) {
    double s = Math.min(1, Math.max(0, t));
    return new Color(
        (int) Math.round(from.getRed() + s * (to.getRed() - from.getRed())),
        (int) Math.round(from.getGreen() + s * (to.getGreen() - from.getGreen())),
        (int) Math.round(from.getBlue() + s * (to.getBlue() - from.getBlue())));
  }

  /** From blue, at -1, over white, at 0, to red, at 1 (ColorBrewer's RdBu). */
  static Color diverging(double t) {
    double size = Math.abs(t);
    Color light = t < 0 ? LIGHT_NEGATIVE : LIGHT_POSITIVE;
    Color full = t < 0 ? NEGATIVE : POSITIVE;
    return size < 0.5 ? between(ZERO, light, 2 * size) : between(light, full, 2 * size - 1);
  }
}
