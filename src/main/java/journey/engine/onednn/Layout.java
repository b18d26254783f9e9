package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_equal;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;

import org.bytedeco.dnnl.dnnl_memory_desc_t;

/** A shape and how its numbers lie in memory, for example channels in blocks of 16. */
record Layout(dnnl_memory_desc_t descriptor) {

  long[] shape() {
    var all = new long[rank()];
    descriptor.dims().get(all);
    return all;
  }

  long size(int dimension) {
    return descriptor.dims().get(dimension);
  }

  int rank() {
    return descriptor.ndims();
  }

  /** Bytes, including what pads incomplete blocks. */
  long bytes() {
    return dnnl_memory_desc_get_size(descriptor);
  }

  boolean same(Layout other) {
    return dnnl_memory_desc_equal(descriptor, other.descriptor) != 0;
  }
}
