package journey.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Random numbers that depend on a seed and an index alone, so that the tenth epoch or the tenth
 * picture can be had without the nine before it.
 */
public final class SeededRandom {

  private SeededRandom() {}

  /** The random numbers of this index. */
  public static SplittableRandom of(long seed, long index) {
    return new SplittableRandom(new SplittableRandom(seed).nextLong() + index);
  }

  /** The numbers 0 to {@code count - 1}, shuffled (Fisher and Yates, as in Durstenfeld 1964). */
  public static int[] permutation(int count, long seed, long index) {
    SplittableRandom random = of(seed, index);
    int[] positions = inOrder(count);
    for (int last = count - 1; last > 0; last--) {
      int chosen = random.nextInt(last + 1);
      int swap = positions[last];
      positions[last] = positions[chosen];
      positions[chosen] = swap;
    }
    return positions;
  }

  /** The numbers 0 to {@code count - 1}. */
  public static int[] inOrder(int count) {
    int[] positions = new int[count];
    Arrays.setAll(positions, i -> i);
    return positions;
  }
}
