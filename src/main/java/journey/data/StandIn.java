package journey.data;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Generated pictures, in place of CIFAR-10 where that can't be had: ten classes of the same names,
 * with varied backgrounds, places, sizes, angles, colours and noise. They are not CIFAR-10, and no
 * result on them can be compared with one on CIFAR-10.
 */
public final class StandIn {

  private static final Silhouette[] THINGS = Silhouette.values();

  private StandIn() {}

  /** The names of the classes, by class number: those of CIFAR-10. */
  public static List<String> classNames() {
    return Stream.of(THINGS).map(thing -> thing.name().toLowerCase(Locale.ROOT)).toList();
  }

  /** Generates pictures of CIFAR-10's shape; see {@link #generate(ImageShape, int, long)}. */
  public static LabeledImages generate(int count, long seed) {
    return generate(Cifar10.SHAPE, count, seed);
  }

  /**
   * Generates pictures. Picture {@code i} depends on the shape, the seed and {@code i} alone, on
   * every machine. Every ten in a row show the ten classes, in random order.
   *
   * @param seed the same seed gives the same pictures
   * @throws IllegalArgumentException if the count is negative, or one array cannot hold them all
   */
  public static LabeledImages generate(ImageShape shape, int count, long seed) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "the number of pictures must not be negative, but it is %d".formatted(count));
    }
    int[] labels = new int[count];
    byte[] pixels = LabeledImages.room(count, shape);
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              labels[i] = label(i, seed);
              var scene = new Scene(THINGS[labels[i]], SeededRandom.of(seed, i));
              scene.paint(shape, pixels, i * shape.features());
            });
    return new LabeledImages(shape, pixels, labels, classNames());
  }

  /** Pictures and labels draw from indices of opposite sign, so they are independent. */
  private static int label(int i, long seed) {
    return SeededRandom.permutation(THINGS.length, seed, -1 - i / THINGS.length)[i % THINGS.length];
  }

  /** A thing somewhere before a background, which shades from one colour above to one below. */
  private static final class Scene {

    private final Silhouette thing;
    private final SplittableRandom random;
    private final double[] colour = new double[3];
    private final double[] above = new double[3];
    private final double[] below = new double[3];
    private final double centreX;
    private final double centreY;
    private final double scaleX;
    private final double scaleY;
    private final double lean;
    private final double noise;

    Scene(Silhouette thing, SplittableRandom random) {
      this.thing = thing;
      this.random = random;
      double light = between(-50, 50);
      for (int channel = 0; channel < 3; channel++) {
        int shift = 16 - 8 * channel;
        colour[channel] = between(0, 255);
        above[channel] = (thing.above >> shift & 0xFF) + light + between(-90, 90);
        below[channel] = (thing.below >> shift & 0xFF) + light + between(-90, 90);
      }
      double size = between(0.5, 0.85);
      centreX = between(-0.25, 0.25);
      centreY = between(-0.25, 0.25);
      scaleX = random.nextBoolean() ? size : -size;
      scaleY = size * between(0.8, 1.2);
      lean = between(-0.25, 0.25);
      noise = between(5, 30);
    }

    private double between(double least, double most) {
      return least + (most - least) * random.nextDouble();
    }

    /** Writes channel by channel, each row by row; grey is the mean of red, green and blue. */
    void paint(ImageShape shape, byte[] pixels, int offset) {
      for (int p = 0; p < shape.pixels(); p++) {
        double x = (2.0 * (p % shape.side()) + 1) / shape.side() - 1;
        double y = (2.0 * (p / shape.side()) + 1) / shape.side() - 1;
        boolean inside = isThing(x, y);
        double grey = 0;
        for (int channel = 0; channel < 3; channel++) {
          double background = above[channel] + (below[channel] - above[channel]) * (1 + y) / 2;
          double value = inside ? colour[channel] : background;
          grey += value / 3;
          if (shape.channels() == 3) {
            pixels[offset + channel * shape.pixels() + p] = grained(value);
          }
        }
        if (shape.channels() == 1) {
          pixels[offset + p] = grained(grey);
        }
      }
    }

    private boolean isThing(double x, double y) {
      double down = (y - centreY) / scaleY;
      return thing.outline.contains((x - centreX) / scaleX + lean * down, down);
    }

    private byte grained(double value) {
      double grain = between(-noise, noise) + between(-noise, noise);
      return (byte) Math.max(0, Math.min(255, value + grain));
    }
  }
}
