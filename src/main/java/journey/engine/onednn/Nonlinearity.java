package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_linear;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_swish;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_eltwise;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_post_ops;

import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;

/**
 * A function of each number by itself.
 *
 * @param algorithm oneDNN's number for it
 * @param alpha its parameter, where it has one
 */
public record Nonlinearity(int algorithm, float alpha) {

  /** The greater of x and 0. */
  public static final Nonlinearity RELU = new Nonlinearity(dnnl_eltwise_relu, 0);

  /** x·σ(1.702·x), the approximation of GELU that ND4J computes. */
  public static final Nonlinearity GELU = new Nonlinearity(dnnl_eltwise_swish, 1.702f);

  /** x·σ(x). */
  public static final Nonlinearity SWISH = new Nonlinearity(dnnl_eltwise_swish, 1);

  /** 1 / (1 + exp(−x)). */
  public static final Nonlinearity SIGMOID = new Nonlinearity(dnnl_eltwise_logistic, 0);

  /** The hyperbolic tangent. */
  public static final Nonlinearity TANH = new Nonlinearity(dnnl_eltwise_tanh, 0);

  /** factor·x. */
  public static Nonlinearity scale(double factor) {
    return new Nonlinearity(dnnl_eltwise_linear, (float) factor);
  }

  /** Attributes of a primitive that applies this to its results. */
  dnnl_primitive_attr afterwards(Native handles) {
    dnnl_primitive_attr attributes = handles.attributes();
    var operations = new dnnl_post_ops();
    Native.check(dnnl_post_ops_create(operations), "create attributes");
    handles.onClose(() -> dnnl_post_ops_destroy(operations));
    Native.check(
        dnnl_post_ops_append_eltwise(operations, 1, algorithm, alpha, 0), "fuse an activation");
    Native.check(dnnl_primitive_attr_set_post_ops(attributes, operations), "fuse an activation");
    return attributes;
  }
}
