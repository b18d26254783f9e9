package journey.nn.kernel;

import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import journey.memory.MainMemory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes a formula element by element, over arrays taken in chunks that stay in the processor's
 * cache.
 *
 * <p>Written with whole arrays, a formula of ten operations passes over the memory ten times, and
 * each time ND4J takes some ten microseconds to call one. Here a chunk of each array is copied to
 * the heap, where Java compiles the formula into one vectorised loop, and the chunks that the
 * formula changed are copied back.
 */
public final class Chunks {

  private static final int CHUNK = 1_024;

  /**
   * What a thread takes on at a time, some ten microseconds of work: another one, which may be slow
   * to wake, takes what is left by then.
   */
  private static final int CHUNKS_AT_A_TIME = 32;

  /** Longer arrays are left to ND4J: here, elements are counted in an int. */
  private static final long LONGEST = 1 << 30;

  /** 2²⁴ times what still counts: a sum with it has no smaller bits. */
  private static final float FLUSH = 0x1p-70f;

  private Chunks() {}

  /** What is computed with a chunk of each array. */
  @FunctionalInterface
  public interface Formula {

    /** Computes the first {@code n} elements of the chunks, which come in the arrays' order. */
    void compute(float[][] chunks, int n);
  }

  /**
   * Whether the arrays are float32 matrices of one length that lie in main memory without gaps.
   *
   * @throws IllegalStateException if one of them has been closed
   */
  public static boolean fit(INDArray... arrays) {
    for (INDArray array : arrays) {
      MainMemory.requireOpen(array);
      if (array.length() != arrays[0].length() || !holds(array)) {
        return false;
      }
    }
    return true;
  }

  /** Whether this is a float32 matrix that lies in main memory without gaps. */
  static boolean holds(INDArray array) {
    return array.dataType() == DataType.FLOAT
        && array.length() <= LONGEST
        && !array.isEmpty()
        && MainMemory.holds(array);
  }

  /**
   * Computes the formula over arrays that {@link #fit}, by several threads if they are long.
   *
   * @param changed how many of the arrays, the first ones, the formula changes
   * @throws IllegalArgumentException if the arrays do not fit, or if one that the formula changes
   *     shares memory with another, but not element by element
   */
  public static void forEach(int changed, Formula formula, INDArray... arrays) {
    if (!fit(arrays)) {
      throw new IllegalArgumentException(
          "expected float32 matrices of one length without gaps, but found "
              + Stream.of(arrays).map(Shapes::describe).toList());
    }
    for (int i = 0; i < changed; i++) {
      for (int k = i + 1; k < arrays.length; k++) {
        MainMemory.requireNotEntangled(arrays[i], arrays[k]);
      }
    }
    forEach(changed, formula, arrays, CHUNK);
  }

  /** The same with chunks that hold whole rows of the first array. */
  static void forRows(int changed, Formula formula, INDArray... arrays) {
    forEach(changed, formula, arrays, wholeRows(arrays[0]));
  }

  /** The same, chunk after chunk on this thread, for a formula that adds up something. */
  static void forRowsInOrder(Formula formula, INDArray array) {
    run(0, formula, new INDArray[] {array}, 0, length(array), wholeRows(array));
  }

  private static int wholeRows(INDArray array) {
    return Math.max(1, CHUNK / array.columns()) * array.columns();
  }

  private static void forEach(int changed, Formula formula, INDArray[] arrays, int chunk) {
    int length = length(arrays[0]);
    int part = CHUNKS_AT_A_TIME * chunk;
    if (length <= 2 * part) {
      run(changed, formula, arrays, 0, length, chunk);
      return;
    }
    IntStream.rangeClosed(0, (length - 1) / part)
        .parallel()
        .forEach(
            i -> run(changed, formula, arrays, i * part, Math.min(length, (i + 1) * part), chunk));
  }

  private static int length(INDArray array) {
    return Math.toIntExact(array.length());
  }

  private static void run(
      int changed, Formula formula, INDArray[] arrays, int from, int to, int chunk) {
    float[][] chunks = new float[arrays.length][Math.min(chunk, to - from)];
    FloatBuffer[] memory = new FloatBuffer[arrays.length];
    for (int k = 0; k < memory.length; k++) {
      memory[k] = MainMemory.buffer(arrays[k]);
    }
    for (int at = from; at < to; at += chunk) {
      int n = Math.min(chunk, to - at);
      for (int k = 0; k < memory.length; k++) {
        memory[k].get(at, chunks[k], 0, n);
      }
      formula.compute(chunks, n);
      for (int k = 0; k < changed; k++) {
        memory[k].put(at, chunks[k], 0, n);
      }
    }
    MainMemory.keep(arrays);
  }

  /**
   * The number itself, to 2⁻⁹⁴ ≈ 5·10⁻²⁹. What fades away, like the momentum of a weight without a
   * gradient, would soon be a subnormal number, and with those some processors compute many times
   * as slowly: an Intel Xeon took 12 milliseconds instead of 3 for a step of {@code Adam} with 1.7
   * million weights, as soon as neurons had died.
   */
  public static float flushed(float x) {
    return x + FLUSH - FLUSH;
  }
}
