package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_equal;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;

import org.bytedeco.dnnl.dnnl_memory_desc_t;

/** A shape, and how its elements lie in memory: channels in blocks of 16, for example. */
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

  /** Bytes, including the padding of incomplete blocks. */
  long bytes() {
    return dnnl_memory_desc_get_size(descriptor);
  }

  boolean same(Layout other) {
    return dnnl_memory_desc_equal(descriptor, other.descriptor) != 0;
  }
}
