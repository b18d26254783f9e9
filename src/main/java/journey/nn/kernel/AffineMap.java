package journey.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_get_effective_cpu_isa;
import static org.bytedeco.dnnl.global.dnnl.dnnl_matmul_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_init_by_strides;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_default_flags;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_matmul_desc_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.Pointer;

/**
 * z = x·W + b by oneDNN's matrix product, which compiles a kernel for each shape and adds b while a
 * part of z is still in the registers.
 *
 * <p>It is kept for every shape that was asked for, which in a training are two or three.
 */
final class AffineMap {

  private static final Map<Shape, AffineMap> MADE = new ConcurrentHashMap<>();

  private final dnnl_stream stream = new dnnl_stream();
  private final dnnl_primitive primitive = new dnnl_primitive();
  private final dnnl_memory x = new dnnl_memory();
  private final dnnl_memory W = new dnnl_memory();
  private final dnnl_memory b = new dnnl_memory();
  private final dnnl_memory z = new dnnl_memory();
  private final dnnl_exec_arg_t roles;

  private record Shape(int batch, int inputs, int outputs) {}

  private AffineMap(Shape shape) {
    dnnl_memory_desc_t ofX = matrix(shape.batch, shape.inputs);
    dnnl_memory_desc_t ofW = matrix(shape.inputs, shape.outputs);
    dnnl_memory_desc_t ofB = matrix(1, shape.outputs);
    dnnl_memory_desc_t ofZ = matrix(shape.batch, shape.outputs);
    var engine = new dnnl_engine();
    check(dnnl_engine_create(engine, dnnl_cpu, 0));
    check(dnnl_stream_create(stream, engine, dnnl_stream_default_flags));
    var operation = new dnnl_matmul_desc_t();
    check(dnnl_matmul_desc_init(operation, ofX, ofW, ofB, ofZ));
    var chosen = new dnnl_primitive_desc();
    check(
        dnnl_primitive_desc_create(
            chosen,
            new const_dnnl_op_desc_t(operation),
            (dnnl_primitive_attr) null,
            engine,
            (dnnl_primitive_desc) null));
    check(dnnl_primitive_create(primitive, chosen));
    dnnl_primitive_desc_destroy(chosen);
    check(dnnl_memory_create(x, ofX, engine, null));
    check(dnnl_memory_create(W, ofW, engine, null));
    check(dnnl_memory_create(b, ofB, engine, null));
    check(dnnl_memory_create(z, ofZ, engine, null));
    roles = new dnnl_exec_arg_t(4);
    roles.position(0).arg(DNNL_ARG_SRC).memory(x);
    roles.position(1).arg(DNNL_ARG_WEIGHTS).memory(W);
    roles.position(2).arg(DNNL_ARG_BIAS).memory(b);
    roles.position(3).arg(DNNL_ARG_DST).memory(z);
    roles.position(0);
  }

  /** Whether oneDNN compiles such kernels for this processor: only with AVX-512. */
  static boolean compiles() {
    return (dnnl_get_effective_cpu_isa() & dnnl_cpu_isa_avx512_core) == dnnl_cpu_isa_avx512_core;
  }

  /** That for {@code x [batch, inputs]}, {@code W [inputs, outputs]}, {@code b [1, outputs]}. */
  static AffineMap of(int batch, int inputs, int outputs) {
    return MADE.computeIfAbsent(new Shape(batch, inputs, outputs), AffineMap::new);
  }

  /** All of them float32 in 'c' order. */
  synchronized void compute(Pointer x, Pointer W, Pointer b, Pointer z) {
    check(dnnl_memory_set_data_handle(this.x, x));
    check(dnnl_memory_set_data_handle(this.W, W));
    check(dnnl_memory_set_data_handle(this.b, b));
    check(dnnl_memory_set_data_handle(this.z, z));
    check(dnnl_primitive_execute(primitive, stream, 4, roles));
  }

  private static dnnl_memory_desc_t matrix(long rows, long columns) {
    var descriptor = new dnnl_memory_desc_t();
    long[] shape = {rows, columns};
    long[] strides = {columns, 1};
    check(dnnl_memory_desc_init_by_strides(descriptor, 2, shape, dnnl_f32, strides));
    return descriptor;
  }

  private static void check(int status) {
    if (status != 0) {
      throw new IllegalStateException(
          "oneDNN could not multiply two matrices: it returned status " + status);
    }
  }
}
