package journey.data;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pictures drawn by program, in place of CIFAR-10 where that can't be had: ten classes of the same
 * names, 32x32 pixels, with varied backgrounds, places, sizes, angles, colours and noise. They are
 * not CIFAR-10, and no figure got from them can be compared with one got from CIFAR-10.
 */
public final class StandIn {

  private static final int SIDE = Cifar10.SIDE;
  private static final int FEATURES = Cifar10.FEATURES;
  private static final int CLASSES = Silhouette.values().length;

  private StandIn() {}

  /** The names of the classes, by class number: those of CIFAR-10. */
  public static List<String> classNames() {
    return Stream.of(Silhouette.values()).map(Silhouette::className).toList();
  }

  /**
   * Draws pictures. Picture {@code i} depends on the seed and on {@code i} alone. Each ten in a row
   * show the ten classes, in a random order.
   *
   * @param seed the same seed gives the same pictures
   * @throws IllegalArgumentException if the count is negative
   */
  public static LabeledImages generate(int count, long seed) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "the number of pictures must not be negative, but it is %d".formatted(count));
    }
    int[] labels = new int[count];
    byte[] pixels = new byte[Math.multiplyExact(count, FEATURES)];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              labels[i] = label(i, seed);
              SplittableRandom random = SeededRandom.of(seed, i);
              BufferedImage picture = draw(Silhouette.values()[labels[i]], random);
              expose(picture, random, pixels, i * FEATURES);
            });
    return new LabeledImages(Cifar10.SHAPE, pixels, labels, classNames());
  }

  /** Pictures and labels draw from indices of opposite sign, so neither tells of the other. */
  private static int label(int i, long seed) {
    return SeededRandom.permutation(CLASSES, seed, -1 - i / CLASSES)[i % CLASSES];
  }

  private static BufferedImage draw(Silhouette silhouette, SplittableRandom random) {
    var picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    silhouette.backdrop(random).paint(new Pen(graphics, random));
    graphics.transform(placement(silhouette, random));
    silhouette.draw(new Pen(graphics, random));
    graphics.dispose();
    return picture;
  }

  /** From the square -1 to 1 in which things are drawn to where they lie in the picture. */
  private static AffineTransform placement(Silhouette silhouette, SplittableRandom random) {
    double size = random.nextDouble(10.5, 15);
    double mirror = random.nextBoolean() ? size : -size;
    double angle = StrictMath.toRadians(random.nextDouble(-1, 1) * silhouette.maxTilt());
    double sine = StrictMath.sin(angle);
    double cosine = StrictMath.cos(angle);
    double x = SIDE / 2.0 + random.nextDouble(-3, 3);
    double y = SIDE / 2.0 + random.nextDouble(-3, 3);
    return new AffineTransform(mirror * cosine, mirror * sine, -size * sine, size * cosine, x, y);
  }

  /** What a camera adds: a little more or less light and contrast, and noise in every value. */
  private static void expose(
      BufferedImage picture, SplittableRandom random, byte[] pixels, int offset) {
    double contrast = random.nextDouble(0.75, 1.15);
    double light = random.nextDouble(-25, 25);
    int noise = random.nextInt(4, 22);
    int plane = SIDE * SIDE;
    int[] colours = picture.getRGB(0, 0, SIDE, SIDE, null, 0, SIDE);
    for (int p = 0; p < plane; p++) {
      for (int channel = 0; channel < Cifar10.CHANNELS; channel++) {
        int value = colours[p] >> (16 - 8 * channel) & 0xFF;
        double grain = random.nextInt(-noise, noise + 1) + random.nextInt(-noise, noise + 1);
        double exposed = 128 + contrast * (value - 128) + light + grain;
        pixels[offset + channel * plane + p] = (byte) Math.max(0, Math.min(255, exposed));
      }
    }
  }
}
