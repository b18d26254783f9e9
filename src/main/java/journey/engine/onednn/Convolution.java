package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_data_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_weights_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_winograd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_diff_dst_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_diff_src_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_diff_weights_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_dst_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_src_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_weights_md;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import journey.engine.onednn.Program.Descriptor;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.javacpp.Pointer;

/**
 * A convolution, by Winograd's algorithm where oneDNN has it for this shape, directly otherwise.
 *
 * @param inputs channels that come in
 * @param outputs channels that go out
 * @param window the kernel's size, how it moves, and the padding
 * @param affine its weights {@code [outputs, inputs, height, width]}
 */
public record Convolution(int inputs, int outputs, Window window, Affine affine) implements Piece {

  @Override
  public boolean hasParameters() {
    return true;
  }

  @Override
  public Step forward(Stage stage, List<Tensor> tensors) {
    return new Convolved(stage, tensors.get(0));
  }

  private final class Convolved implements Step {

    private final Stage stage;
    private final Program program;
    private final Window.Extent extent;
    private final Layout weightShape;
    private final Affine.Loaded loaded;
    private final Descriptor forward;
    private final Tensor x;
    private final Tensor y;

    Convolved(Stage stage, Tensor input) {
      this.stage = stage;
      program = stage.program();
      extent = window.over(input.layout());
      weightShape = program.plain(weightSizes());
      loaded = affine.load(stage, weightShape);
      forward = describeForward(input.layout().shape());
      x = program.as(forward.layout(dnnl_query_src_md), input);
      y = program.tensor(forward.layout(dnnl_query_dst_md));
      var roles = new HashMap<>(Map.of(DNNL_ARG_SRC, x, DNNL_ARG_DST, y));
      roles.put(
          DNNL_ARG_WEIGHTS, program.as(forward.layout(dnnl_query_weights_md), loaded.weights()));
      if (loaded.bias() != null) {
        roles.put(DNNL_ARG_BIAS, loaded.bias());
      }
      program.add(forward, roles);
    }

    private long[] weightSizes() {
      return new long[] {outputs, inputs, extent.kernel()[0], extent.kernel()[1]};
    }

    private Layout anyWeights() {
      return program.any(weightSizes());
    }

    private dnnl_memory_desc_t biasShape() {
      return loaded.bias() == null ? null : loaded.bias().layout().descriptor();
    }

    private Descriptor describeForward(long[] shape) {
      Layout source = program.any(shape);
      Layout result = program.any(shape[0], outputs, extent.height(), extent.width());
      dnnl_primitive_attr attributes =
          affine.function().map(f -> f.afterwards(program.handles())).orElse(null);
      return best(
          algorithm -> {
            var operation = new dnnl_convolution_desc_t();
            Native.check(
                dnnl_convolution_forward_desc_init(
                    operation,
                    stage.training() ? dnnl_forward_training : dnnl_forward_inference,
                    algorithm,
                    source.descriptor(),
                    anyWeights().descriptor(),
                    biasShape(),
                    result.descriptor(),
                    extent.stride(),
                    extent.before(),
                    extent.after()),
                "describe a convolution");
            return operation;
          },
          attributes,
          null);
    }

    /** The first algorithm that there is; always the same, so that results can be repeated. */
    private Descriptor best(
        IntFunction<Pointer> operation, dnnl_primitive_attr attributes, Descriptor hint) {
      return Arrays.stream(new int[] {dnnl_convolution_winograd, dnnl_convolution_direct})
          .mapToObj(algorithm -> program.tryDescribe(operation.apply(algorithm), attributes, hint))
          .flatMap(Optional::stream)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("oneDNN has no such convolution"));
    }

    @Override
    public Tensor result() {
      return y;
    }

    @Override
    public List<Tensor> backward(Tensor gradient, boolean onward) {
      gradients(gradient);
      return onward ? List.of(inputGradient(gradient)) : List.of();
    }

    private Tensor inputGradient(Tensor gradient) {
      Descriptor backward =
          best(
              algorithm -> {
                var operation = new dnnl_convolution_desc_t();
                Native.check(
                    dnnl_convolution_backward_data_desc_init(
                        operation,
                        algorithm,
                        x.layout().descriptor(),
                        anyWeights().descriptor(),
                        y.layout().descriptor(),
                        extent.stride(),
                        extent.before(),
                        extent.after()),
                    "describe a convolution");
                return operation;
              },
              null,
              forward);
      Tensor dx = program.tensor(backward.layout(dnnl_query_diff_src_md));
      program.add(
          backward,
          Map.of(
              DNNL_ARG_DIFF_DST,
              program.as(backward.layout(dnnl_query_diff_dst_md), gradient),
              DNNL_ARG_WEIGHTS,
              program.as(backward.layout(dnnl_query_weights_md), loaded.weights()),
              DNNL_ARG_DIFF_SRC,
              dx));
      return dx;
    }

    private void gradients(Tensor gradient) {
      Descriptor backward = describeGradients();
      Tensor user = stage.gradient(affine.weights(), weightShape);
      Layout inner = backward.layout(dnnl_query_diff_weights_md);
      Tensor dw = inner.same(weightShape) ? user : program.tensor(inner);
      var roles =
          new HashMap<>(
              Map.of(
                  DNNL_ARG_SRC,
                  program.as(backward.layout(dnnl_query_src_md), x),
                  DNNL_ARG_DIFF_DST,
                  program.as(backward.layout(dnnl_query_diff_dst_md), gradient),
                  DNNL_ARG_DIFF_WEIGHTS,
                  dw));
      affine.bias().ifPresent(at -> roles.put(DNNL_ARG_DIFF_BIAS, stage.gradients(at, outputs)));
      program.add(backward, roles);
      if (dw != user) {
        program.copy(dw, user);
      }
    }

    private Descriptor describeGradients() {
      return best(
          algorithm -> {
            var operation = new dnnl_convolution_desc_t();
            Native.check(
                dnnl_convolution_backward_weights_desc_init(
                    operation,
                    algorithm,
                    x.layout().descriptor(),
                    anyWeights().descriptor(),
                    biasShape(),
                    y.layout().descriptor(),
                    extent.stride(),
                    extent.before(),
                    extent.after()),
                "describe a convolution");
            return operation;
          },
          null,
          forward);
    }
  }
}
