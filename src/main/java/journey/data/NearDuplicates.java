package journey.data;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Pictures that nearly agree: saved again in another size or quality, or a little brighter. Each
 * picture, in grey and reduced to 9 x 8 pixels, gives 64 bits: whether it gets brighter from one
 * pixel to the next on the right. Two pictures nearly agree if at most so many of their bits
 * differ; who nearly agrees with somebody of a group belongs to it.
 *
 * @see <a href="https://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html">
 *     N. Krawetz, Kind of Like That, 2013</a>, which calls this a difference hash
 */
public final class NearDuplicates {

  private static final int WIDTH = 9;
  private static final int HEIGHT = 8;

  private final int[] first;

  private NearDuplicates(int[] first) {
    this.first = first;
  }

  /**
   * Compares all pictures with each other.
   *
   * @param bits how many of 64 may differ; unrelated pictures differ in about half of them
   * @throws IllegalArgumentException if that is not from 0 to 64, or the pictures are smaller than
   *     9 pixels
   */
  public static NearDuplicates of(LabeledImages images, int bits) {
    images.shape().requireSide(WIDTH);
    if (bits < 0 || bits > Long.SIZE) {
      throw new IllegalArgumentException(
          "from 0 to 64 bits can differ, but %d were asked for".formatted(bits));
    }
    long[] hashes =
        IntStream.range(0, images.size()).parallel().mapToLong(i -> hash(images, i)).toArray();
    int[] first = IntStream.range(0, hashes.length).toArray();
    for (int i = 0; i < hashes.length; i++) {
      for (int j = 0; j < i; j++) {
        if (Long.bitCount(hashes[i] ^ hashes[j]) <= bits) {
          join(first, i, j);
        }
      }
    }
    Arrays.setAll(first, i -> root(first, i));
    return new NearDuplicates(first);
  }

  /** The difference hash of picture {@code i}. */
  static long hash(LabeledImages images, int i) {
    double[] small = small(images, i);
    long hash = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x + 1 < WIDTH; x++) {
        int left = y * WIDTH + x;
        hash = hash << 1 | (small[left] < small[left + 1] ? 1 : 0);
      }
    }
    return hash;
  }

  /** The mean of all colour values in each of 9 x 8 fields. */
  private static double[] small(LabeledImages images, int i) {
    ImageShape shape = images.shape();
    int side = shape.side();
    double[] sums = new double[WIDTH * HEIGHT];
    int[] counts = new int[WIDTH * HEIGHT];
    for (int feature = 0; feature < shape.features(); feature++) {
      int pixel = feature % shape.pixels();
      int field = pixel / side * HEIGHT / side * WIDTH + pixel % side * WIDTH / side;
      sums[field] += images.value(i, feature);
      counts[field]++;
    }
    Arrays.setAll(sums, field -> sums[field] / counts[field]);
    return sums;
  }

  /** Two groups become one, that of the lower position. */
  private static void join(int[] first, int i, int j) {
    int a = root(first, i);
    int b = root(first, j);
    first[Math.max(a, b)] = Math.min(a, b);
  }

  private static int root(int[] first, int i) {
    int at = i;
    while (first[at] != at) {
      at = first[at];
    }
    return at;
  }

  /** The position of the first picture of the group of picture {@code i}; {@code i} if alone. */
  public int first(int i) {
    return first[i];
  }

  /** The groups of two pictures or more: their positions, rising. */
  public List<List<Integer>> groups() {
    return IntStream.range(0, first.length)
        .boxed()
        .collect(Collectors.groupingBy(i -> first[i], TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .filter(group -> group.size() > 1)
        .toList();
  }
}
