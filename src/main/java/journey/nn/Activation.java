package journey.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The function f that a layer applies to each of its weighted sums: {@code a = f(z)}. */
public interface Activation {

  /** a = f(z), in place. */
  void apply(INDArray z);

  /**
   * gradient ← gradient ⊙ f′(z), in place. The slope f′(z) follows from {@code a = f(z)} alone; a
   * is overwritten, for nothing needs it after this.
   */
  void backward(INDArray a, INDArray gradient);
}
