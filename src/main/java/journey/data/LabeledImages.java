package journey.data;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Pictures with their class labels, as they lie in the files: one byte per colour value.
 *
 * <p>Each picture is {@value #FEATURES} bytes, channel by channel (1,024 red, 1,024 green, 1,024
 * blue), each channel row by row. Subsets share these bytes, so they cost next to nothing.
 */
public final class LabeledImages {

  /** Pixels along one side of a picture. */
  public static final int SIDE = 32;

  /** Colour channels of a picture: red, green, blue. */
  public static final int CHANNELS = 3;

  /** Colour values of one picture: 3 x 32 x 32. */
  public static final int FEATURES = CHANNELS * SIDE * SIDE;

  /** Different colour values: 0 to 255. */
  static final int LEVELS = 256;

  private static final int PLANE = SIDE * SIDE;

  /** Enough to keep all cores busy, and 12 MB of floats. */
  private static final int ROWS_AT_ONCE = 1024;

  private final byte[] pixels;
  private final byte[] labels;
  private final int[] order;
  private final List<String> classNames;

  /**
   * Wraps the arrays; it does not copy them.
   *
   * @param pixels {@code count * 3072} colour values, 0 to 255 as unsigned bytes
   * @param labels {@code count} class numbers
   * @param classNames the name of each class, by class number
   * @throws IllegalArgumentException if the lengths do not fit each other or a label has no name
   */
  public LabeledImages(byte[] pixels, byte[] labels, List<String> classNames) {
    this(pixels, labels, SeededRandom.inOrder(labels.length), List.copyOf(classNames));
    if (pixels.length != (long) labels.length * FEATURES) {
      throw new IllegalArgumentException(
          "%d labels need %d bytes of pixels, but there are %d"
              .formatted(labels.length, (long) labels.length * FEATURES, pixels.length));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classNames.size()) {
        throw new IllegalArgumentException(
            "picture %d has label %d, but there are %d classes, numbered from 0"
                .formatted(i, labels[i], classNames.size()));
      }
    }
  }

  private LabeledImages(byte[] pixels, byte[] labels, int[] order, List<String> classNames) {
    this.pixels = pixels;
    this.labels = labels;
    this.order = order;
    this.classNames = classNames;
  }

  /** How many pictures there are. */
  public int size() {
    return order.length;
  }

  /** The names of the classes, by class number. */
  public List<String> classNames() {
    return classNames;
  }

  /** The class number of picture {@code i}. */
  public int label(int i) {
    return labels[order[i]];
  }

  /** The class numbers of all pictures, in order. */
  public int[] labels() {
    return Arrays.stream(order).map(i -> labels[i]).toArray();
  }

  /** How many pictures each class has, by class number. */
  public int[] countPerClass() {
    int[] counts = new int[classNames.size()];
    for (int i : order) {
      counts[labels[i]]++;
    }
    return counts;
  }

  /**
   * The pictures at these positions, in this order.
   *
   * @throws IndexOutOfBoundsException if a position is not in {@code 0..size()-1}
   */
  public LabeledImages subset(int[] positions) {
    int[] chosen = Arrays.stream(positions).map(p -> order[p]).toArray();
    return new LabeledImages(pixels, labels, chosen, classNames);
  }

  /**
   * The pictures of one class, in order.
   *
   * @throws IndexOutOfBoundsException if there is no class of this number
   */
  public LabeledImages ofClass(int classNumber) {
    Objects.checkIndex(classNumber, classNames.size());
    int[] chosen = Arrays.stream(order).filter(i -> labels[i] == classNumber).toArray();
    return new LabeledImages(pixels, labels, chosen, classNames);
  }

  /**
   * The first {@code count} pictures, or all if there are fewer.
   *
   * @throws IllegalArgumentException if the count is negative
   */
  public LabeledImages first(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("the first %d pictures were asked for".formatted(count));
    }
    int[] chosen = Arrays.copyOf(order, Math.min(count, order.length));
    return new LabeledImages(pixels, labels, chosen, classNames);
  }

  /** Colour value {@code feature} (0 to 3,071) of picture {@code i}, from 0 to 255. */
  public int value(int i, int feature) {
    return pixels[order[i] * FEATURES + feature] & 0xFF;
  }

  /** Picture {@code i} as 32x32 RGB. */
  public BufferedImage picture(int i) {
    var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < PLANE; p++) {
      int rgb = value(i, p) << 16 | value(i, PLANE + p) << 8 | value(i, 2 * PLANE + p);
      image.setRGB(p % SIDE, p / SIDE, rgb);
    }
    return image;
  }

  /**
   * How often each colour value occurs in each channel.
   *
   * @return counts of shape {@code [3][256]}
   */
  public long[][] histogram() {
    long[][] counts = new long[CHANNELS][LEVELS];
    for (int i : order) {
      int at = i * FEATURES;
      for (long[] ofChannel : counts) {
        for (int end = at + PLANE; at < end; at++) {
          ofChannel[pixels[at] & 0xFF]++;
        }
      }
    }
    return counts;
  }

  /**
   * All pictures as float32 numbers in [0, 1]: the colour values divided by 255.
   *
   * @return a new array of shape {@code [size, 3072]}, in 'c' order
   */
  public INDArray toFloat() {
    return toFloat((channel, unit) -> unit);
  }

  /**
   * All pictures as float32 numbers, each colour value mapped in the way of its channel.
   *
   * @return a new array of shape {@code [size, 3072]}, in 'c' order
   */
  INDArray toFloat(ChannelMap map) {
    float[][] table = tableOf(map);
    RowTransfer transfer = RowTransfer.ofBackend();
    INDArray result = Nd4j.createUninitialized(DataType.FLOAT, size(), FEATURES);
    float[] values = new float[0];
    for (int first = 0; first < size(); first += ROWS_AT_ONCE) {
      int length = Math.min(ROWS_AT_ONCE, size() - first) * FEATURES;
      values = values.length == length ? values : new float[length];
      lookUp(table, first, values);
      transfer.put(values, result, first);
    }
    return result;
  }

  /** A colour value can be only one of 256: what becomes of it is worked out once for each. */
  private static float[][] tableOf(ChannelMap map) {
    float[][] table = new float[CHANNELS][LEVELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int value = 0; value < LEVELS; value++) {
        table[channel][value] = (float) map.apply(channel, value / (LEVELS - 1.0));
      }
    }
    return table;
  }

  private void lookUp(float[][] table, int first, float[] values) {
    IntStream.range(0, values.length / FEATURES)
        .parallel()
        .forEach(
            row -> {
              int to = row * FEATURES;
              int from = order[first + row] * FEATURES;
              for (float[] ofChannel : table) {
                for (int end = to + PLANE; to < end; to++, from++) {
                  values[to] = ofChannel[pixels[from] & 0xFF];
                }
              }
            });
  }

  /** The SHA-256 of all colour values and labels, by which two sets can be told apart. */
  public String sha256() {
    Sha256 sum = new Sha256();
    byte[] picture = new byte[FEATURES + 1];
    for (int i : order) {
      System.arraycopy(pixels, i * FEATURES, picture, 0, FEATURES);
      picture[FEATURES] = labels[i];
      sum.add(picture, picture.length);
    }
    return sum.hex();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d pictures of %d classes", size(), classNames.size());
  }

  /** What becomes of a colour value. */
  @FunctionalInterface
  interface ChannelMap {
    /**
     * @param channel 0 red, 1 green, 2 blue
     * @param unit the colour value divided by 255, in [0, 1]
     */
    double apply(int channel, double unit);
  }
}
