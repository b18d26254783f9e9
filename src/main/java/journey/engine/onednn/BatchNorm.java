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

import java.util.ArrayList;
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
    implements Operation {

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
  public ForwardPass forward(Program program, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    program.require(x.layout().size(1) == channels, x, channels + " channels");
    Tensor y = program.tensor(x.layout());
    var operation = new dnnl_batch_normalization_desc_t();
    NativeHandles.check(
        dnnl_batch_normalization_forward_desc_init(
            operation,
            program.training() ? dnnl_forward_training : dnnl_forward_inference,
            x.layout().descriptor(),
            (float) epsilon,
            flags() | (program.training() ? 0 : dnnl_use_global_stats)),
        "describe a batch norm");
    Descriptor forward = program.describe(operation, null);
    RunningStatistics.Values used = program.training() ? ofBatch(program) : running(program);
    var shared = new HashMap<Integer, Tensor>();
    shared.put(DNNL_ARG_SRC, x);
    shared.put(DNNL_ARG_SCALE, load(program, scale));
    shared.put(DNNL_ARG_SHIFT, load(program, shift));
    shared.put(DNNL_ARG_MEAN, used.mean());
    shared.put(DNNL_ARG_VARIANCE, used.variance());
    if (program.training() && relu) {
      shared.put(DNNL_ARG_WORKSPACE, program.tensor(forward.layout(dnnl_query_workspace_md)));
    }
    var roles = new HashMap<>(shared);
    roles.put(DNNL_ARG_DST, y);
    program.add(forward, roles);
    if (program.training()) {
      statistics.follow(program, used, channels);
    }
    return new ForwardPass(
        y,
        (gradient, needed) -> backward(program, forward, shared, program.as(x.layout(), gradient)));
  }

  private int flags() {
    return dnnl_use_scale | dnnl_use_shift | (relu ? dnnl_fuse_norm_relu : 0);
  }

  private RunningStatistics.Values ofBatch(Program program) {
    Layout perChannel = program.plain(channels);
    return new RunningStatistics.Values(program.tensor(perChannel), program.tensor(perChannel));
  }

  private RunningStatistics.Values running(Program program) {
    RunningStatistics.Values stored = statistics.stored(program, channels);
    Tensor variance = program.tensor(program.plain(channels));
    program.prepare(
        () -> variance.write(statistics.variances(stored, channels)),
        List.of(stored.variance()),
        List.of(variance));
    return new RunningStatistics.Values(stored.mean(), variance);
  }

  private Tensor backward(
      Program program, Descriptor forward, Map<Integer, Tensor> shared, Tensor dy) {
    Tensor dx = program.tensor(dy.layout());
    var operation = new dnnl_batch_normalization_desc_t();
    NativeHandles.check(
        dnnl_batch_normalization_backward_desc_init(
            operation,
            dnnl_backward,
            dy.layout().descriptor(),
            dy.layout().descriptor(),
            (float) epsilon,
            flags()),
        "describe a batch norm");
    var roles = new HashMap<>(shared);
    roles.put(DNNL_ARG_DIFF_DST, dy);
    roles.put(DNNL_ARG_DIFF_SRC, dx);
    roles.put(DNNL_ARG_DIFF_SCALE, gradient(program, scale));
    roles.put(DNNL_ARG_DIFF_SHIFT, gradient(program, shift));
    program.add(program.describe(operation, forward), roles);
    return dx;
  }

  private Tensor load(Program program, Coefficient coefficient) {
    if (coefficient instanceof Coefficient.Trained trained) {
      return program.parameters(trained.position(), channels);
    }
    var values = new float[channels];
    Arrays.fill(values, (float) ((Coefficient.Constant) coefficient).value());
    return program.constant(values);
  }

  private Tensor gradient(Program program, Coefficient coefficient) {
    return coefficient instanceof Coefficient.Trained trained
        ? program.gradients(trained.position(), channels)
        : program.tensor(program.plain(channels));
  }

  /** Weights and biases that do what the given ones and then this batch norm do. */
  Weights.Tensors fold(Program program, Tensor weights, Tensor bias) {
    Tensor factor = program.tensor(program.plain(channels));
    Tensor offset = program.tensor(program.plain(channels));
    Tensor gamma = load(program, scale);
    Tensor beta = load(program, shift);
    RunningStatistics.Values stored = statistics.stored(program, channels);
    var used = new ArrayList<>(List.of(gamma, beta, stored.mean(), stored.variance()));
    if (bias != null) {
      used.add(bias);
    }
    program.prepare(
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
        used,
        List.of(factor, offset));
    // As channels of one picture, for which oneDNN has its fastest multiplication.
    long each = weights.layout().bytes() / Float.BYTES / channels;
    Tensor rows = program.alias(weights, program.plain(1, channels, 1, each));
    Tensor factors = program.alias(factor, program.plain(1, channels, 1, 1));
    Tensor folded = program.binary(dnnl_binary_mul, rows, factors);
    return new Weights.Tensors(program.alias(folded, weights.layout()), offset);
  }
}
