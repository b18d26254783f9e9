package journey.engine.onednn;

import journey.memory.Allocation;
import org.bytedeco.javacpp.BytePointer;

/**
 * Memory that several plans use in turn, as large as the largest of them needs. Nothing in it lasts
 * from one run to the next.
 */
public final class Workspace implements AutoCloseable {

  private static final long PAGE = 4096;

  private BytePointer memory;
  private long bytes;

  /**
   * The address of at least {@code needed} bytes, at the start of a page.
   *
   * @throws IllegalArgumentException if there is no room for so many
   */
  long reserve(long needed) {
    if (memory == null || needed > bytes) {
      close();
      Allocation.require(needed, "what a network computes with so many examples at once");
      memory = new BytePointer(needed + PAGE);
      bytes = needed;
    }
    return (memory.address() + PAGE - 1) / PAGE * PAGE;
  }

  @Override
  public void close() {
    if (memory != null) {
      memory.deallocate();
      memory = null;
      bytes = 0;
    }
  }
}
