package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_scratchpad_mode;
import static org.bytedeco.dnnl.global.dnnl.dnnl_scratchpad_mode_user;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_default_flags;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_destroy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** A oneDNN engine and stream and all native objects made for them, freed together, last first. */
final class NativeHandles implements AutoCloseable {

  private final Deque<Runnable> releases = new ArrayDeque<>();
  final dnnl_engine engine = new dnnl_engine();
  final dnnl_stream stream = new dnnl_stream();

  NativeHandles() {
    check(dnnl_engine_create(engine, dnnl_cpu, 0), "create an engine");
    onClose(() -> dnnl_engine_destroy(engine));
    check(dnnl_stream_create(stream, engine, dnnl_stream_default_flags), "create a stream");
    onClose(() -> dnnl_stream_destroy(stream));
  }

  /** An address as a pointer that owns nothing. */
  static final class Address extends Pointer {
    Address(long address) {
      this.address = address;
    }
  }

  /** The numbers from an address on. */
  static FloatPointer floats(long address) {
    return new FloatPointer(new Address(address));
  }

  /** Attributes of a primitive that gets its scratch memory from the program's arena. */
  dnnl_primitive_attr attributes() {
    var attributes = new dnnl_primitive_attr();
    check(dnnl_primitive_attr_create(attributes), "create attributes");
    onClose(() -> dnnl_primitive_attr_destroy(attributes));
    check(
        dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user),
        "choose the scratch memory");
    return attributes;
  }

  void onClose(Runnable release) {
    releases.push(release);
  }

  /** Frees a pointer's memory with everything else, and not when it happens to be collected. */
  <P extends Pointer> P own(P pointer) {
    onClose(pointer::deallocate);
    return pointer;
  }

  /**
   * @throws IllegalStateException if oneDNN could not do it
   */
  static void check(int status, String what) {
    if (status != 0) {
      throw new IllegalStateException(
          "oneDNN could not " + what + ": it returned status " + status + " (0 is success)");
    }
  }

  @Override
  public synchronized void close() {
    while (!releases.isEmpty()) {
      releases.pop().run();
    }
  }
}
