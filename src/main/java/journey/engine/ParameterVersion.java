package journey.engine;

import java.nio.FloatBuffer;
import journey.memory.MainMemory;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Tells whether parameters are still those of the last look. It compares them all with a copy that
 * it keeps outside the heap, so nobody who changes them, by whatever means, needs to say so.
 */
final class ParameterVersion implements AutoCloseable {

  private FloatPointer seen = new FloatPointer();
  private long version;

  /**
   * A number that is another one than at the last call if any parameter has changed since.
   *
   * @param check of parameters that have changed; if it throws, this call counts as none
   */
  long of(INDArray parameters, Runnable check) {
    FloatBuffer now = MainMemory.buffer(parameters);
    if (seen.isNull() || seen.asBuffer().mismatch(now) >= 0) {
      check.run();
      keep(now);
      version++;
    }
    MainMemory.keep(parameters);
    return version;
  }

  private void keep(FloatBuffer now) {
    if (seen.capacity() != now.capacity()) {
      seen.deallocate();
      seen = new FloatPointer(now.capacity());
    }
    seen.asBuffer().put(now.duplicate());
  }

  @Override
  public void close() {
    seen.deallocate();
  }
}
