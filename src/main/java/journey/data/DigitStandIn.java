package journey.data;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Generated digits, in place of MNIST's where those can't be had: strokes of a pen, drawn by
 * arithmetic, of varied size, slant, width and place. They are not MNIST, and no result on them can
 * be compared with one on MNIST.
 */
public final class DigitStandIn {

  /** Straight pieces that a whole turn is drawn in. */
  private static final int PIECES = 16;

  /**
   * What a pen draws without being lifted: the points x, y, x, y, ... from -1 to 1, y downwards.
   */
  private static final List<List<double[]>> STROKES =
      List.of(
          List.of(arc(0, 0, 0.58, 0.95, 0, 360)),
          List.of(new double[] {-0.25, -0.6, 0.1, -0.95, 0.1, 0.95}),
          List.of(joined(arc(0, -0.45, 0.55, 0.5, 180, 400), -0.6, 0.95, 0.6, 0.95)),
          List.of(arc(-0.05, -0.48, 0.5, 0.46, 200, 450), arc(-0.05, 0.46, 0.58, 0.48, 270, 520)),
          List.of(
              new double[] {0.2, -0.95, -0.65, 0.3, 0.65, 0.3},
              new double[] {0.3, -0.25, 0.3, 0.95}),
          List.of(
              new double[] {0.5, -0.95, -0.42, -0.95, -0.46, 0},
              arc(0, 0.36, 0.58, 0.58, 220, 510)),
          List.of(
              new double[] {0.4, -0.92, -0.25, -0.4, -0.55, 0.4}, arc(0, 0.42, 0.55, 0.53, 0, 360)),
          List.of(new double[] {-0.6, -0.9, 0.6, -0.9, -0.15, 0.95}),
          List.of(arc(0, -0.48, 0.45, 0.45, 0, 360), arc(0, 0.46, 0.56, 0.48, 0, 360)),
          List.of(arc(0, -0.42, 0.52, 0.52, 0, 360), new double[] {0.52, -0.42, 0.4, 0.95}));

  private DigitStandIn() {}

  /**
   * Generates digits. Picture {@code i} depends on the seed and {@code i} alone, on every machine.
   * Every ten in a row show the ten digits, in random order.
   *
   * @param seed the same seed gives the same pictures
   * @throws IllegalArgumentException if the count is negative, or one array cannot hold them all
   */
  public static LabeledImages generate(int count, long seed) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "the number of pictures must not be negative, but it is %d".formatted(count));
    }
    int[] labels = new int[count];
    byte[] pixels = LabeledImages.room(count, Mnist.SHAPE);
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              labels[i] = label(i, seed);
              new Pen(SeededRandom.of(seed, i)).draw(STROKES.get(labels[i]), pixels, i);
            });
    return new LabeledImages(Mnist.SHAPE, pixels, labels, Mnist.CLASS_NAMES);
  }

  /** Pictures and labels draw from indices of opposite sign, so they are independent. */
  private static int label(int i, long seed) {
    int digits = STROKES.size();
    return SeededRandom.permutation(digits, seed, -1 - i / digits)[i % digits];
  }

  /** Part of an ellipse, from an angle in degrees clockwise from the right to another. */
  private static double[] arc(
      double x, double y, double halfWidth, double halfHeight, int from, int to) {
    int pieces = (to - from) * PIECES / 360;
    double[] points = new double[2 * pieces + 2];
    for (int i = 0; i <= pieces; i++) {
      double angle = StrictMath.toRadians(from + (double) (to - from) * i / pieces);
      points[2 * i] = x + halfWidth * StrictMath.cos(angle);
      points[2 * i + 1] = y + halfHeight * StrictMath.sin(angle);
    }
    return points;
  }

  private static double[] joined(double[] stroke, double... more) {
    return Stream.of(stroke, more).flatMapToDouble(Arrays::stream).toArray();
  }

  /** A hand that writes a little differently each time. */
  private static final class Pen {

    private final SplittableRandom random;
    private final double scaleX;
    private final double scaleY;
    private final double slant;
    private final double centreX;
    private final double centreY;
    private final double halfWidth;
    private final double ink;

    Pen(SplittableRandom random) {
      this.random = random;
      scaleY = between(7.5, 9.5);
      scaleX = scaleY * between(0.7, 1.05);
      slant = between(-0.15, 0.4);
      centreX = 13.5 + between(-1.5, 1.5);
      centreY = 13.5 + between(-1, 1);
      halfWidth = between(0.7, 1.6);
      ink = between(200, 255);
    }

    private double between(double least, double most) {
      return least + (most - least) * random.nextDouble();
    }

    void draw(List<double[]> strokes, byte[] pixels, int picture) {
      List<double[]> drawn = strokes.stream().map(this::placed).toList();
      int side = Mnist.SHAPE.side();
      for (int p = 0; p < side * side; p++) {
        double distance = Math.sqrt(squaredDistance(drawn, p % side, p / side));
        double covered = Math.max(0, Math.min(1, halfWidth + 0.5 - distance));
        pixels[picture * side * side + p] = (byte) Math.round(ink * covered);
      }
    }

    /** Where the points of a stroke come to lie, in pixels; no hand meets a point exactly. */
    private double[] placed(double[] stroke) {
      double[] placed = new double[stroke.length];
      for (int i = 0; i < stroke.length; i += 2) {
        double y = stroke[i + 1] + between(-0.04, 0.04);
        double x = stroke[i] + between(-0.04, 0.04) - slant * y;
        placed[i] = centreX + scaleX * x;
        placed[i + 1] = centreY + scaleY * y;
      }
      return placed;
    }

    private static double squaredDistance(List<double[]> strokes, int x, int y) {
      double least = Double.MAX_VALUE;
      for (double[] stroke : strokes) {
        for (int i = 2; i < stroke.length; i += 2) {
          double dx = stroke[i] - stroke[i - 2];
          double dy = stroke[i + 1] - stroke[i - 1];
          double along = (x - stroke[i - 2]) * dx + (y - stroke[i - 1]) * dy;
          double t = Math.max(0, Math.min(1, along / (dx * dx + dy * dy)));
          double offX = x - stroke[i - 2] - t * dx;
          double offY = y - stroke[i - 1] - t * dy;
          least = Math.min(least, offX * offX + offY * offY);
        }
      }
      return least;
    }
  }
}
