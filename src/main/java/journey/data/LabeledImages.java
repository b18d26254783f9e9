package journey.data;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import journey.memory.Allocation;
import journey.memory.RowTransfer;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Pictures of one shape with their class labels: one byte per colour value.
 *
 * <p>A picture's bytes lie channel by channel, each channel row by row. Subsets share these bytes,
 * so they cost next to nothing.
 */
public final class LabeledImages {

  /** Different colour values: 0 to 255. */
  static final int LEVELS = 256;

  /** The longest array that every Java virtual machine can make. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  /** Enough to keep all cores busy, and 12 MB: 1,024 pictures of 32x32x3. */
  private static final int FLOATS_AT_ONCE = 1024 * 3072;

  private final ImageShape shape;
  private final byte[] pixels;
  private final int[] labels;
  private final int[] order;
  private final List<String> classNames;

  /**
   * Wraps the arrays; it does not copy them.
   *
   * @param shape the size of every picture
   * @param pixels {@code count * shape.features()} colour values, 0 to 255 as unsigned bytes
   * @param labels {@code count} class numbers
   * @param classNames the name of each class, by class number
   * @throws IllegalArgumentException if the lengths do not match or a label has no name
   */
  public LabeledImages(ImageShape shape, byte[] pixels, int[] labels, List<String> classNames) {
    this(shape, pixels, labels, SeededRandom.inOrder(labels.length), List.copyOf(classNames));
    if (pixels.length != (long) labels.length * shape.features()) {
      throw new IllegalArgumentException(
          "%d labels of pictures of %s need %d bytes of pixels, but there are %d"
              .formatted(
                  labels.length, shape, (long) labels.length * shape.features(), pixels.length));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classNames.size()) {
        throw new IllegalArgumentException(
            "picture %d has label %d, but there are %d classes, numbered from 0"
                .formatted(i, labels[i], classNames.size()));
      }
    }
  }

  /**
   * Room for the colour values of {@code count} pictures.
   *
   * @throws IllegalArgumentException if one array cannot hold them, or the heap has no room for it
   */
  static byte[] room(long count, ImageShape shape) {
    long bytes = Allocation.bytes(DataType.INT8, count, shape.features());
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%,d pictures of %s need %,d bytes, but one data set can hold %,d: choose a side of at most %d, or fewer pictures",
              count,
              shape,
              bytes,
              MOST_BYTES,
              (int) Math.sqrt((double) MOST_BYTES / count / shape.channels())));
    }
    Allocation.requireHeap(
        bytes, String.format(Locale.ROOT, "a data set of %,d pictures of %s", count, shape));
    return new byte[(int) bytes];
  }

  private LabeledImages(
      ImageShape shape, byte[] pixels, int[] labels, int[] order, List<String> classNames) {
    this.shape = shape;
    this.pixels = pixels;
    this.labels = labels;
    this.order = order;
    this.classNames = classNames;
  }

  private LabeledImages at(int[] chosen) {
    return new LabeledImages(shape, pixels, labels, chosen, classNames);
  }

  /** The size of every picture. */
  public ImageShape shape() {
    return shape;
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
    return at(chosen);
  }

  /**
   * The pictures of one class, in order.
   *
   * @throws IndexOutOfBoundsException if there is no class of this number
   */
  public LabeledImages ofClass(int classNumber) {
    Objects.checkIndex(classNumber, classNames.size());
    int[] chosen = Arrays.stream(order).filter(i -> labels[i] == classNumber).toArray();
    return at(chosen);
  }

  /**
   * The pictures of these classes, in order, as if there were no others: the classes are numbered
   * anew, in the order given.
   *
   * @throws IllegalArgumentException if there is no class of one of these names
   */
  public LabeledImages ofClasses(List<String> names) {
    if (!classNames.containsAll(names)) {
      throw new IllegalArgumentException(
          "there are the classes %s, but %s were asked for".formatted(classNames, names));
    }
    int[] numbers = Arrays.stream(labels).map(c -> names.indexOf(classNames.get(c))).toArray();
    int[] chosen = Arrays.stream(order).filter(i -> numbers[i] >= 0).toArray();
    return new LabeledImages(shape, pixels, numbers, chosen, List.copyOf(names));
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
    return at(chosen);
  }

  /**
   * Colour value {@code feature}, from 0 to {@code shape().features() - 1}, of picture {@code i}.
   */
  public int value(int i, int feature) {
    return pixels[order[i] * shape.features() + feature] & 0xFF;
  }

  /** Picture {@code i} in RGB; a grey one has three equal channels. */
  public BufferedImage picture(int i) {
    int side = shape.side();
    int plane = shape.channels() == 1 ? 0 : shape.pixels();
    var image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < shape.pixels(); p++) {
      int rgb = value(i, p) << 16 | value(i, plane + p) << 8 | value(i, 2 * plane + p);
      image.setRGB(p % side, p / side, rgb);
    }
    return image;
  }

  /**
   * How often each colour value occurs in each channel.
   *
   * @return counts of shape {@code [channels][256]}
   */
  public long[][] histogram() {
    long[][] counts = new long[shape.channels()][LEVELS];
    for (int i : order) {
      int at = i * shape.features();
      for (long[] ofChannel : counts) {
        for (int end = at + shape.pixels(); at < end; at++) {
          ofChannel[pixels[at] & 0xFF]++;
        }
      }
    }
    return counts;
  }

  /**
   * All pictures as float32 numbers in [0, 1]: the colour values divided by 255.
   *
   * @return a new array of shape {@code [size, features]}, in 'c' order
   */
  public INDArray toFloat() {
    return toFloat((channel, unit) -> unit);
  }

  /**
   * All pictures as float32 numbers, each colour value mapped by its channel's function.
   *
   * @return a new array of shape {@code [size, features]}, in 'c' order
   * @throws IllegalArgumentException if there is no memory for the array
   */
  INDArray toFloat(ChannelMap map) {
    Allocation.require(
        Allocation.bytes(DataType.FLOAT, size(), shape.features()),
        String.format(Locale.ROOT, "an array of %,d pictures of %s", size(), shape));
    float[][] table = tableOf(map);
    RowTransfer transfer = RowTransfer.ofBackend();
    INDArray result = Nd4j.createUninitialized(DataType.FLOAT, size(), shape.features());
    float[] values = new float[0];
    int rows = Math.max(1, FLOATS_AT_ONCE / shape.features());
    for (int first = 0; first < size(); first += rows) {
      int length = Math.min(rows, size() - first) * shape.features();
      values = values.length == length ? values : new float[length];
      lookUp(table, first, values);
      transfer.put(values, result, first);
    }
    return result;
  }

  /** There are only 256 colour values, so the function is evaluated once for each. */
  private float[][] tableOf(ChannelMap map) {
    float[][] table = new float[shape.channels()][LEVELS];
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int value = 0; value < LEVELS; value++) {
        table[channel][value] = (float) map.apply(channel, value / (LEVELS - 1.0));
      }
    }
    return table;
  }

  private void lookUp(float[][] table, int first, float[] values) {
    IntStream.range(0, values.length / shape.features())
        .parallel()
        .forEach(
            row -> {
              int to = row * shape.features();
              int from = order[first + row] * shape.features();
              for (float[] ofChannel : table) {
                for (int end = to + shape.pixels(); to < end; to++, from++) {
                  values[to] = ofChannel[pixels[from] & 0xFF];
                }
              }
            });
  }

  /** The SHA-256 of all colour values and labels, which tells two data sets apart. */
  public String sha256() {
    var sum = DigestUtils.getSha256Digest();
    int features = shape.features();
    byte[] picture = new byte[features + 2];
    for (int i : order) {
      System.arraycopy(pixels, i * features, picture, 0, features);
      picture[features] = (byte) labels[i];
      picture[features + 1] = (byte) (labels[i] >> 8);
      // A label up to 255 is one byte, as in CIFAR-10's files.
      sum.update(picture, 0, features + (labels[i] < 256 ? 1 : 2));
    }
    return Hex.encodeHexString(sum.digest());
  }

  /** The SHA-256 of the colour values of picture {@code i}, in hexadecimal digits. */
  public String contentHash(int i) {
    int from = order[i] * shape.features();
    return DigestUtils.sha256Hex(Arrays.copyOfRange(pixels, from, from + shape.features()));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,d pictures of %d classes", size(), classNames.size());
  }

  /** A function of a colour value. */
  @FunctionalInterface
  interface ChannelMap {
    /**
     * @param channel 0 red, 1 green, 2 blue; or 0 grey
     * @param unit the colour value divided by 255, in [0, 1]
     */
    double apply(int channel, double unit);
  }
}
