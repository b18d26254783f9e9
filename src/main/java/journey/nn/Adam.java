package journey.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Adam: a learning rate of its own for each weight.
 *
 * <p>m ← β₁·m + (1 − β₁)·g, the mean of the gradients; v ← β₂·v + (1 − β₂)·g², that of their
 * squares; θ ← θ − η·m̂ / (√v̂ + ε), where m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) make up for
 * the start from zero.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, 2015, algorithm 1</a>
 */
public final class Adam implements Optimizer {

  private final double β1;
  private final double β2;
  private final double ε;
  private final PerParameter m = new PerParameter();
  private final PerParameter v = new PerParameter();
  private int t;

  /** With the paper's β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁸. */
  public Adam() {
    this(0.9, 0.999, 1e-8);
  }

  /** With decay rates β₁ and β₂ from 0 to below 1, and ε above 0. */
  public Adam(double β1, double β2, double ε) {
    this.β1 = β1;
    this.β2 = β2;
    this.ε = ε;
  }

  /** Uses up the gradients. */
  @Override
  public void update(List<Parameter> parameters, double learningRate) {
    t++;
    double root = Math.sqrt(1 - Math.pow(β2, t));
    double η = learningRate * root / (1 - Math.pow(β1, t));
    for (Parameter θ : parameters) {
      INDArray g = θ.gradient();
      INDArray mean = m.of(θ);
      INDArray square = v.of(θ);
      Blas.blend(1 - β1, g, β1, mean);
      Blas.blend(1 - β2, g.muli(g), β2, square);
      INDArray step = mean.divi(Transforms.sqrt(g.assign(square), false).addi(ε * root), g);
      Blas.addScaled(-η, step, θ.value());
    }
  }
}
