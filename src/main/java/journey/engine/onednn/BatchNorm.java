package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_backward;
import static org.bytedeco.dnnl.global.dnnl.dnnl_batch_normalization_backward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_batch_normalization_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_fuse_norm_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_workspace_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_global_stats;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_scale;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_shift;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import journey.engine.onednn.Program.Descriptor;
import org.bytedeco.dnnl.dnnl_batch_normalization_desc_t;

/**
 * Batch norm, optionally with a ReLU that follows it.
 *
 * @param channels how many
 * @param scale γ
 * @param shift β
 * @param statistics where the running mean and variance are, and how they follow the batches
 * @param epsilon is added to the variance
 * @param relu whether a ReLU follows
 */
public record BatchNorm(
    int channels,
    Coefficient scale,
    Coefficient shift,
    RunningStatistics statistics,
    double epsilon,
    boolean relu)
    implements Piece {

  /** γ or β: parameters, or one number that is not trained. */
  public sealed interface Coefficient {

    /** Parameters from this position on. */
    record Trained(long position) implements Coefficient {}

    /** The same number for all channels. */
    record Constant(double value) implements Coefficient {}
  }

  @Override
  public boolean hasParameters() {
    return true;
  }

  BatchNorm withRelu() {
    return new BatchNorm(channels, scale, shift, statistics, epsilon, true);
  }

  @Override
  public Step forward(Stage stage, List<Tensor> inputs) {
    return new Normalised(stage, inputs.get(0));
  }

  private Tensor load(Stage stage, Coefficient coefficient) {
    if (coefficient instanceof Coefficient.Trained trained) {
      return stage.parameters(trained.position(), channels);
    }
    var values = new float[channels];
    Arrays.fill(values, (float) ((Coefficient.Constant) coefficient).value());
    return stage.program().constant(values);
  }

  private Tensor gradient(Stage stage, Coefficient coefficient) {
    return coefficient instanceof Coefficient.Trained trained
        ? stage.gradients(trained.position(), channels)
        : stage.program().tensor(stage.program().plain(channels));
  }

  /** Weights and a bias that do what the given ones and this batch norm do after each other. */
  Affine.Loaded fold(Stage stage, Tensor weights, Tensor bias) {
    Program program = stage.program();
    Tensor factor = program.tensor(program.plain(channels));
    Tensor offset = program.tensor(program.plain(channels));
    Tensor gamma = load(stage, scale);
    Tensor beta = load(stage, shift);
    RunningStatistics.Values stored = statistics.stored(stage, channels);
    program.add(
        () -> {
          float[] mean = stored.mean().read(channels);
          float[] variance = statistics.variances(stored, channels);
          float[] g = gamma.read(channels);
          float[] b = beta.read(channels);
          float[] before = bias == null ? new float[channels] : bias.read(channels);
          for (int i = 0; i < channels; i++) {
            double f = g[i] / Math.sqrt(variance[i] + epsilon);
            g[i] = (float) f;
            b[i] = (float) (b[i] + (before[i] - mean[i]) * f);
          }
          factor.write(g);
          offset.write(b);
        },
        gamma,
        beta,
        factor,
        offset);
    // Seen as channels of one picture, for which oneDNN has its fastest multiplication.
    long each = weights.layout().bytes() / Float.BYTES / channels;
    Tensor rows = program.alias(weights, program.plain(1, channels, 1, each));
    Tensor factors = program.alias(factor, program.plain(1, channels, 1, 1));
    Tensor folded = program.binary(dnnl_binary_mul, rows, factors);
    return new Affine.Loaded(program.alias(folded, weights.layout()), offset);
  }

  private final class Normalised implements Step {

    private final Stage stage;
    private final Program program;
    private final Tensor x;
    private final Tensor y;
    private final Descriptor forward;
    private final Map<Integer, Tensor> shared = new HashMap<>();

    Normalised(Stage stage, Tensor x) {
      this.stage = stage;
      this.x = x;
      program = stage.program();
      y = program.tensor(x.layout());
      var operation = new dnnl_batch_normalization_desc_t();
      Native.check(
          dnnl_batch_normalization_forward_desc_init(
              operation,
              stage.training() ? dnnl_forward_training : dnnl_forward_inference,
              x.layout().descriptor(),
              (float) epsilon,
              flags() | (stage.training() ? 0 : dnnl_use_global_stats)),
          "describe a batch norm");
      forward = program.describe(operation, null);
      RunningStatistics.Values used = stage.training() ? batch() : running();
      shared.put(DNNL_ARG_SRC, x);
      shared.put(DNNL_ARG_SCALE, load(stage, scale));
      shared.put(DNNL_ARG_SHIFT, load(stage, shift));
      shared.put(DNNL_ARG_MEAN, used.mean());
      shared.put(DNNL_ARG_VARIANCE, used.variance());
      if (stage.training() && relu) {
        shared.put(DNNL_ARG_WORKSPACE, program.tensor(forward.layout(dnnl_query_workspace_md)));
      }
      var roles = new HashMap<>(shared);
      roles.put(DNNL_ARG_DST, y);
      program.add(forward, roles);
      if (stage.training()) {
        statistics.follow(stage, used, channels);
      }
    }

    private int flags() {
      return dnnl_use_scale | dnnl_use_shift | (relu ? dnnl_fuse_norm_relu : 0);
    }

    private RunningStatistics.Values batch() {
      Layout perChannel = program.plain(channels);
      return new RunningStatistics.Values(program.tensor(perChannel), program.tensor(perChannel));
    }

    private RunningStatistics.Values running() {
      RunningStatistics.Values stored = statistics.stored(stage, channels);
      Tensor variance = program.tensor(program.plain(channels));
      program.add(() -> variance.write(statistics.variances(stored, channels)), variance);
      return new RunningStatistics.Values(stored.mean(), variance);
    }

    @Override
    public Tensor result() {
      return y;
    }

    @Override
    public List<Tensor> backward(Tensor gradient, boolean onward) {
      Tensor dy = program.as(x.layout(), gradient);
      Tensor dx = program.tensor(x.layout());
      var operation = new dnnl_batch_normalization_desc_t();
      Native.check(
          dnnl_batch_normalization_backward_desc_init(
              operation,
              dnnl_backward,
              x.layout().descriptor(),
              x.layout().descriptor(),
              (float) epsilon,
              flags()),
          "describe a batch norm");
      var roles = new HashMap<>(shared);
      roles.put(DNNL_ARG_DIFF_DST, dy);
      roles.put(DNNL_ARG_DIFF_SRC, dx);
      roles.put(DNNL_ARG_DIFF_SCALE, gradient(stage, scale));
      roles.put(DNNL_ARG_DIFF_SHIFT, gradient(stage, shift));
      program.add(program.describe(operation, forward), roles);
      return List.of(dx);
    }
  }
}
