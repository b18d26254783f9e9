package journey.engine.onednn;

import java.util.function.LongConsumer;
import org.bytedeco.javacpp.BytePointer;

/**
 * Memory that several plans use in turn, as large as the largest of them needs. Nothing in it lasts
 * from one run to the next.
 */
public final class Workspace implements AutoCloseable {

  private static final long PAGE = 4096;

  private final LongConsumer room;
  private BytePointer memory;
  private long bytes;

  /**
   * @param room throws if there is no room for so many bytes
   */
  public Workspace(LongConsumer room) {
    this.room = room;
  }

  /** Another one, for which the same room is left. */
  Workspace another() {
    return new Workspace(room);
  }

  /** The address of at least {@code needed} bytes, at the start of a page. */
  long reserve(long needed) {
    if (memory == null || needed > bytes) {
      close();
      room.accept(needed);
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
