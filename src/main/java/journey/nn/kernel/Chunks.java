package journey.nn.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import journey.memory.MainMemory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes a formula element by element, over arrays taken in chunks that stay in the processor's
 * cache.
 *
 * <p>Written with whole arrays, a formula of ten operations passes over the memory ten times. Here
 * a chunk of each array is copied to the heap, where Java compiles the formula into one vectorised
 * loop, and the chunks that the formula changed are copied back.
 */
public final class Chunks {

  private static final int CHUNK = 1_024;
  private static final int WORTH_A_THREAD = 262_144;

  private Chunks() {}

  /** What is computed with a chunk of each array. */
  @FunctionalInterface
  public interface Formula {

    /** Computes the first {@code n} elements of the chunks, which come in the arrays' order. */
    void compute(float[][] chunks, int n);
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
   * Computes the formula over arrays that {@link #fit}.
   *
   * @param changed how many of the arrays, the first ones, the formula changes
   */
  public static void forEach(int changed, Formula formula, INDArray... arrays) {
    int length = Math.toIntExact(arrays[0].length());
    int parts = Math.max(1, length / WORTH_A_THREAD);
    int part = ((length + parts - 1) / parts + CHUNK - 1) / CHUNK * CHUNK;
    IntStream starts = IntStream.range(0, parts).map(i -> i * part);
    (parts > 1 ? starts.parallel() : starts)
        .forEach(from -> run(changed, formula, arrays, from, Math.min(length, from + part)));
  }

  private static void run(int changed, Formula formula, INDArray[] arrays, int from, int to) {
    float[][] chunks = new float[arrays.length][CHUNK];
    FloatBuffer[] memory =
        Arrays.stream(arrays).map(MainMemory::buffer).toArray(FloatBuffer[]::new);
    for (int at = from; at < to; at += CHUNK) {
      int n = Math.min(CHUNK, to - at);
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
}
