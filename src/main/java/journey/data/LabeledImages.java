package journey.data;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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

  private static final int PLANE = SIDE * SIDE;

  private final byte[] pixels;
  private final byte[] labels;
  private final int[] order;
  private final List<String> classNames;

  /**
   * @param pixels {@code count * 3072} colour values, 0 to 255 as unsigned bytes
   * @param labels {@code count} class numbers
   * @param classNames the name of each class, by class number
   * @throws IllegalArgumentException if the lengths do not fit each other or a label has no name
   */
  public LabeledImages(byte[] pixels, byte[] labels, List<String> classNames) {
    this(pixels, labels, allOf(labels.length), List.copyOf(classNames));
    if (pixels.length != labels.length * FEATURES) {
      throw new IllegalArgumentException(
          "%d labels need %d bytes of pixels, but there are %d"
              .formatted(labels.length, labels.length * FEATURES, pixels.length));
    }
    for (byte label : labels) {
      Objects.checkIndex(label, classNames.size());
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

  /** The first {@code count} pictures, or all if there are fewer. */
  public LabeledImages first(int count) {
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
   * All pictures as float32 numbers in [0, 1].
   *
   * @return a new array of shape {@code [size, 3072]}, in 'c' order
   */
  public INDArray toFloat() {
    INDArray result = Nd4j.createUninitialized(DataType.FLOAT, size(), FEATURES);
    float[] row = new float[FEATURES];
    for (int i = 0; i < size(); i++) {
      for (int f = 0; f < FEATURES; f++) {
        row[f] = value(i, f) / 255f;
      }
      result.data().put(0, 0f);
    }
    return result;
  }

  private static int[] allOf(int count) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    return order;
  }
}
