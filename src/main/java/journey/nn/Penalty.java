package journey.nn;

import journey.nn.kernel.Blas;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A price for large weights, added to the loss: {@code l1·Σ|w| + l2/2·Σw²} over all weights.
 *
 * @param l1 the price of each weight's size, finite and at least 0; drives many weights to zero
 * @param l2 the price of each weight's square, finite and at least 0; keeps all of them small
 */
public record Penalty(double l1, double l2) {

  /** No price at all. */
  public static final Penalty NONE = new Penalty(0, 0);

  public Penalty {
    if (!(l1 >= 0 && l2 >= 0 && Double.isFinite(l1 + l2))) {
      throw new IllegalArgumentException(
          "both prices must be finite and at least 0, but l1 is %s and l2 is %s".formatted(l1, l2));
    }
  }

  /** What these weights cost. */
  public double value(INDArray w) {
    double price = 0;
    if (l1 != 0) {
      price += l1 * w.norm1Number().doubleValue();
    }
    if (l2 != 0) {
      double norm = w.norm2Number().doubleValue();
      price += l2 / 2 * norm * norm;
    }
    return price;
  }

  /** gradient ← gradient + l1·sign(w) + l2·w */
  public void addGradient(INDArray w, INDArray gradient) {
    if (l1 != 0) {
      Blas.addScaled(l1, Transforms.sign(w), gradient);
    }
    if (l2 != 0) {
      Blas.addScaled(l2, w, gradient);
    }
  }
}
