package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_backward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_linear;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_swish;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_eltwise;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_post_ops;

import java.util.List;
import java.util.Map;
import journey.engine.onednn.Program.Descriptor;
import org.bytedeco.dnnl.dnnl_eltwise_desc_t;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;

/**
 * An activation function, or a multiplication by a number.
 *
 * @param algorithm oneDNN's number for it
 * @param alpha its parameter, where it has one
 */
public record Elementwise(int algorithm, float alpha) implements Operation {

  /** max(x, 0). */
  public static final Elementwise RELU = new Elementwise(dnnl_eltwise_relu, 0);

  /** x·σ(1.702·x), the approximation of GELU that ND4J computes. */
  public static final Elementwise GELU = new Elementwise(dnnl_eltwise_swish, 1.702f);

  /** x·σ(x). */
  public static final Elementwise SWISH = new Elementwise(dnnl_eltwise_swish, 1);

  /** 1 / (1 + exp(−x)). */
  public static final Elementwise SIGMOID = new Elementwise(dnnl_eltwise_logistic, 0);

  /** The hyperbolic tangent. */
  public static final Elementwise TANH = new Elementwise(dnnl_eltwise_tanh, 0);

  /** factor·x. */
  public static Elementwise scale(double factor) {
    return new Elementwise(dnnl_eltwise_linear, (float) factor);
  }

  @Override
  public ForwardPass forward(Program program, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    Tensor y = program.tensor(x.layout());
    var operation = new dnnl_eltwise_desc_t();
    NativeHandles.check(
        dnnl_eltwise_forward_desc_init(
            operation, dnnl_forward_training, algorithm, x.layout().descriptor(), alpha, 0),
        "describe an activation");
    Descriptor forward = program.describe(operation, null);
    program.add(forward, Map.of(DNNL_ARG_SRC, x, DNNL_ARG_DST, y));
    return new ForwardPass(y, (gradient, needed) -> backward(program, forward, x, gradient));
  }

  private Tensor backward(Program program, Descriptor forward, Tensor x, Tensor gradient) {
    Tensor dy = program.as(x.layout(), gradient);
    Tensor dx = program.tensor(x.layout());
    var operation = new dnnl_eltwise_desc_t();
    NativeHandles.check(
        dnnl_eltwise_backward_desc_init(
            operation, algorithm, x.layout().descriptor(), x.layout().descriptor(), alpha, 0),
        "describe an activation");
    program.add(
        program.describe(operation, forward),
        Map.of(DNNL_ARG_SRC, x, DNNL_ARG_DIFF_DST, dy, DNNL_ARG_DIFF_SRC, dx));
    return dx;
  }

  /** Attributes of a primitive that applies this to its results. */
  dnnl_primitive_attr asPostOperation(NativeHandles handles) {
    dnnl_primitive_attr attributes = handles.attributes();
    var operations = new dnnl_post_ops();
    NativeHandles.check(dnnl_post_ops_create(operations), "create attributes");
    handles.onClose(() -> dnnl_post_ops_destroy(operations));
    NativeHandles.check(
        dnnl_post_ops_append_eltwise(operations, 1, algorithm, alpha, 0), "fuse an activation");
    NativeHandles.check(
        dnnl_primitive_attr_set_post_ops(attributes, operations), "fuse an activation");
    return attributes;
  }
}
