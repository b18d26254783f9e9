package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;

import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.javacpp.FloatPointer;

/** Elements of a layout in a block of memory. */
final class Tensor {

  private final Layout layout;
  private final Block block;
  private final dnnl_memory memory;
  private long bound;

  Tensor(Layout layout, Block block, dnnl_memory memory) {
    this.layout = layout;
    this.block = block;
    this.memory = memory;
    block.needs(layout.bytes());
  }

  Layout layout() {
    return layout;
  }

  Block block() {
    return block;
  }

  dnnl_memory memory() {
    return memory;
  }

  /** Tells oneDNN where the block lies now. */
  void bind() {
    if (bound != block.address()) {
      bound = block.address();
      NativeHandles.check(
          dnnl_memory_set_data_handle(memory, new NativeHandles.Address(bound)), "set an address");
    }
  }

  /** The first elements, in the order in which they lie in memory. */
  float[] read(int count) {
    var values = new float[count];
    floats().get(values);
    return values;
  }

  void write(float[] values) {
    floats().put(values);
  }

  private FloatPointer floats() {
    return NativeHandles.floats(block.address());
  }
}
