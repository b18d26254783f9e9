package journey.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The function f that a layer applies to each of its weighted sums: {@code a = f(z)}. */
public interface Activation {

  /** a = f(z), in place. */
  void apply(INDArray z);

  /**
   * gradient ← gradient ⊙ f′(z), in place. The slope f′(z) is told from {@code a = f(z)} alone; its
   * values are overwritten, for nothing needs them after this.
   */
  void backward(INDArray a, INDArray gradient);
}
