package journey.nn;

import java.util.List;
import journey.nn.kernel.Chunks;
import journey.nn.kernel.PerParameter;
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
  public Adam(double beta1, double beta2, double epsilon) {
    β1 = beta1;
    β2 = beta2;
    ε = epsilon;
  }

  /** Uses up the gradients. */
  @Override
  public void update(List<Parameter> parameters, double learningRate) {
    t++;
    double root = Math.sqrt(1 - Math.pow(β2, t));
    double η = learningRate * root / (1 - Math.pow(β1, t));
    for (Parameter parameter : parameters) {
      INDArray θ = parameter.value();
      step(θ, m.of(θ), v.of(θ), parameter.gradient(), η, ε * root);
    }
  }

  private void step(INDArray θ, INDArray m, INDArray v, INDArray g, double η, double ε) {
    if (Chunks.fit(θ, m, v, g)) {
      Chunks.forEach(
          3, (c, n) -> step(c[0], c[1], c[2], c[3], (float) η, (float) ε, n), θ, m, v, g);
    } else {
      m.muli(β1).addi(g.mul(1 - β1));
      v.muli(β2).addi(g.muli(g).muli(1 - β2));
      θ.subi(m.mul(η).divi(Transforms.sqrt(g.assign(v), false).addi(ε)));
    }
  }

  /** The same in one pass instead of ten. */
  private void step(float[] θ, float[] m, float[] v, float[] g, float η, float ε, int n) {
    float b1 = (float) β1;
    float b2 = (float) β2;
    float c1 = (float) (1 - β1);
    float c2 = (float) (1 - β2);
    for (int i = 0; i < n; i++) {
      m[i] = Chunks.flushed(b1 * m[i] + c1 * g[i]);
      v[i] = Chunks.flushed(b2 * v[i] + c2 * g[i] * g[i]);
      θ[i] -= η * m[i] / ((float) Math.sqrt(v[i]) + ε);
    }
  }
}
