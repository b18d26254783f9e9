package journey.nn.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import journey.memory.MainMemory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Works a formula out element by element, over arrays taken in pieces that stay in the processor's
 * cache.
 *
 * <p>Said with whole arrays, a formula of ten operations passes ten times over the memory. Here a
 * piece of each array is copied to the heap, where Java makes one vectorised loop of the formula,
 * and what the formula changed is copied back.
 */
public final class Pieces {

  private static final int PIECE = 1_024;
  private static final int WORTH_A_THREAD = 262_144;

  private Pieces() {}

  /** What is computed with one piece of each array. */
  @FunctionalInterface
  public interface Formula {

    /** Computes the first {@code n} elements of the pieces, given in the arrays' order. */
    void compute(float[][] pieces, int n);
  }

  /** Whether the arrays are float32 matrices of one length that lie in main memory without gaps. */
  public static boolean fit(INDArray... arrays) {
    for (INDArray array : arrays) {
      if (array.dataType() != DataType.FLOAT
          || array.length() != arrays[0].length()
          || !MainMemory.holds(array)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Works the formula out over arrays that {@link #fit}.
   *
   * @param changed how many of the arrays, the first ones, the formula changes
   */
  public static void forEach(int changed, Formula formula, INDArray... arrays) {
    int length = Math.toIntExact(arrays[0].length());
    int parts = Math.max(1, length / WORTH_A_THREAD);
    int part = ((length + parts - 1) / parts + PIECE - 1) / PIECE * PIECE;
    IntStream starts = IntStream.range(0, parts).map(i -> i * part);
    (parts > 1 ? starts.parallel() : starts)
        .forEach(from -> run(changed, formula, arrays, from, Math.min(length, from + part)));
  }

  private static void run(int changed, Formula formula, INDArray[] arrays, int from, int to) {
    float[][] pieces = new float[arrays.length][PIECE];
    FloatBuffer[] memory =
        Arrays.stream(arrays).map(MainMemory::buffer).toArray(FloatBuffer[]::new);
    for (int at = from; at < to; at += PIECE) {
      int n = Math.min(PIECE, to - at);
      for (int k = 0; k < memory.length; k++) {
        memory[k].get(at, pieces[k], 0, n);
      }
      formula.compute(pieces, n);
      for (int k = 0; k < changed; k++) {
        memory[k].put(at, pieces[k], 0, n);
      }
    }
    MainMemory.keep(arrays);
  }
}
