package journey.engine.onednn;

import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive_attr;

/**
 * The weights of a convolution or a dense layer, and the operations that are fused with it.
 *
 * @param position of the first weight among all parameters
 * @param bias the position of the first bias; null: there is none
 * @param norm the batch norm that follows and is folded into the weights, in inference only; null:
 *     there is none
 * @param activation the activation that follows and is fused, in inference only; null: there is
 *     none
 */
public record Weights(long position, Long bias, BatchNorm norm, Elementwise activation) {

  /** Weights with nothing fused. */
  public Weights(long position, Long bias) {
    this(position, bias, null, null);
  }

  /** Whether the operation that comes next can be fused. */
  boolean fuses(Operation next) {
    return activation == null
        && (next instanceof Elementwise || next instanceof BatchNorm && norm == null);
  }

  Weights with(Operation next) {
    return next instanceof BatchNorm follows
        ? new Weights(position, bias, follows, activation)
        : new Weights(position, bias, norm, (Elementwise) next);
  }

  /** Weights of this shape and a bias, as they are or with the batch norm folded in. */
  Tensors load(Program program, long... shape) {
    Tensor weights = program.parameters(position, shape);
    Tensor biases = bias == null ? null : program.parameters(bias, shape[0]);
    return norm == null ? new Tensors(weights, biases) : norm.fold(program, weights, biases);
  }

  /** Attributes of a primitive that applies the fused activation; null: there is none. */
  dnnl_primitive_attr postOperation(Program program) {
    return activation == null ? null : activation.asPostOperation(program.handles());
  }

  /**
   * Weights and biases as a primitive takes them.
   *
   * @param biases may be null
   */
  record Tensors(Tensor weights, Tensor biases) {

    dnnl_memory_desc_t biasDescriptor() {
      return biases == null ? null : biases.layout().descriptor();
    }
  }
}
