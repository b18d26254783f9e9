package journey.data;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;

/** Draws plain shapes, in colours and places of which some are left to chance. */
final class Pen {

  private final Graphics2D graphics;
  private final SplittableRandom random;

  Pen(Graphics2D graphics, SplittableRandom random) {
    this.graphics = graphics;
    this.random = random;
  }

  /** True in so many cases out of a hundred. */
  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** A whole number from {@code least} to {@code most}. */
  int number(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** A number between the two. */
  double between(double least, double most) {
    return random.nextDouble(least, most);
  }

  /** One of these. */
  @SafeVarargs
  final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /**
   * A colour near this one.
   *
   * @param hue in degrees, 0 red, 120 green, 240 blue
   * @param saturation in percent, 0 grey
   * @param brightness in percent, 0 black
   */
  Color about(int hue, int saturation, int brightness) {
    return Color.getHSBColor(
        (float) (hue + between(-12, 12)) / 360,
        clamp(saturation + between(-12, 12)),
        clamp(brightness + between(-12, 12)));
  }

  /** Any colour strong enough to stand out. */
  Color vivid() {
    return about(number(0, 359), 75, 80);
  }

  private static float clamp(double percent) {
    return (float) Math.max(0, Math.min(1, percent / 100));
  }

  /** What is drawn from here on gets this colour. */
  Pen in(Paint paint) {
    graphics.setPaint(paint);
    return this;
  }

  /** A paint that goes from one colour over to another between two points. */
  static Paint blend(double x1, double y1, Color from, double x2, double y2, Color to) {
    return new GradientPaint((float) x1, (float) y1, from, (float) x2, (float) y2, to);
  }

  Pen oval(double centreX, double centreY, double radiusX, double radiusY) {
    return fill(
        new Ellipse2D.Double(centreX - radiusX, centreY - radiusY, 2 * radiusX, 2 * radiusY));
  }

  /** A rectangle, from its left upper corner. */
  Pen box(double x, double y, double width, double height) {
    return fill(new Rectangle2D.Double(x, y, width, height));
  }

  /** A filled polygon of corners x, y, x, y ... */
  Pen polygon(double... corners) {
    Path2D path = path(corners);
    path.closePath();
    return fill(path);
  }

  /** A line through points x, y, x, y ... with round ends. */
  Pen line(double width, double... points) {
    return stroke(width, path(points));
  }

  /** A bow from the first point to the last that bends towards the one between. */
  Pen bow(double width, double x1, double y1, double bendX, double bendY, double x2, double y2) {
    Path2D path = new Path2D.Double();
    path.moveTo(x1, y1);
    path.quadTo(bendX, bendY, x2, y2);
    return stroke(width, path);
  }

  private static Path2D path(double... points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    return path;
  }

  private Pen fill(Shape shape) {
    graphics.fill(shape);
    return this;
  }

  private Pen stroke(double width, Shape shape) {
    graphics.setStroke(
        new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(shape);
    return this;
  }
}
