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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import journey.engine.onednn.Program.Descriptor;
import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive_attr;

/**
 * A convolution, by Winograd's algorithm where oneDNN or {@link Winograd} has it for this shape,
 * directly otherwise.
 *
 * @param inputs channels that come in
 * @param outputs channels that go out
 * @param window the kernel's size, the stride and the padding
 * @param weights {@code [outputs, inputs, height, width]}
 */
public record Convolution(int inputs, int outputs, Window window, Weights weights)
    implements Operation {

  @Override
  public boolean hasParameters() {
    return true;
  }

  @Override
  public ForwardPass forward(Program program, List<Tensor> tensors) {
    Tensor x = tensors.get(0);
    boolean fits = x.layout().rank() == 4 && x.layout().size(1) == inputs;
    program.require(fits, x, "pictures [n, " + inputs + ", height, width]");
    return isTiled(x) ? tiled(program, x) : new Convolved(program, x).pass();
  }

  private boolean isTiled(Tensor x) {
    return OneDnn.lacksWinograd(inputs, outputs) && window.keepsSize(3, x.layout());
  }

  /** By our own Winograd. */
  private ForwardPass tiled(Program program, Tensor input) {
    long[] shape = input.layout().shape();
    var tiles = new Tiles((int) shape[0], (int) shape[2], (int) shape[3]);
    var winograd = new Winograd(program, tiles, inputs, outputs, Workers.count());
    Layout filters = program.outputsLast(outputs, inputs, 3, 3);
    Layout results = program.channelsLast(shape[0], outputs, shape[2], shape[3]);
    Weights.Tensors loaded = weights.load(program, outputs, inputs, 3, 3);
    Tensor x = program.as(program.channelsLast(shape), input);
    Tensor w = program.as(filters, loaded.weights());
    Tensor y = program.tensor(results);
    boolean relu = Elementwise.RELU.equals(weights.activation());
    winograd.forward(x, w, loaded.biases(), relu, y);
    if (weights.activation() != null && !relu) {
      y = weights.activation().forward(program, List.of(y)).result();
    }
    return new ForwardPass(
        y,
        (gradient, needsInputGradient) -> {
          Tensor dy = program.as(results, gradient);
          Tensor dw = program.tensor(filters);
          Tensor db = weights.bias() == null ? null : program.gradients(weights.bias(), outputs);
          winograd.weightGradients(x, dy, dw, db);
          program.copy(dw, program.gradients(weights.position(), outputs, inputs, 3, 3));
          if (!needsInputGradient) {
            return null;
          }
          Tensor dx = program.tensor(program.channelsLast(shape));
          winograd.inputGradient(dy, w, dx);
          return dx;
        });
  }

  private final class Convolved {

    private final Program program;
    private final Window.Extent extent;
    private final long[] weightShape;
    private final Weights.Tensors loaded;
    private final Descriptor forward;
    private final Tensor x;
    private final Tensor y;

    Convolved(Program program, Tensor input) {
      this.program = program;
      extent = window.over(input.layout());
      weightShape = new long[] {outputs, inputs, extent.kernel()[0], extent.kernel()[1]};
      loaded = weights.load(program, weightShape);
      forward = describeForward(input.layout().shape());
      x = program.as(forward.layout(dnnl_query_src_md), input);
      y = program.tensor(forward.layout(dnnl_query_dst_md));
      var roles = new HashMap<>(Map.of(DNNL_ARG_SRC, x, DNNL_ARG_DST, y));
      roles.put(
          DNNL_ARG_WEIGHTS, program.as(forward.layout(dnnl_query_weights_md), loaded.weights()));
      if (loaded.biases() != null) {
        roles.put(DNNL_ARG_BIAS, loaded.biases());
      }
      program.add(forward, roles);
    }

    ForwardPass pass() {
      return new ForwardPass(
          y,
          (gradient, needsInputGradient) -> {
            addGradients(gradient);
            return needsInputGradient ? inputGradient(gradient) : null;
          });
    }

    private dnnl_memory_desc_t anyWeights() {
      return program.any(weightShape).descriptor();
    }

    private Descriptor describeForward(long[] shape) {
      Layout source = program.any(shape);
      Layout result = program.any(shape[0], outputs, extent.height(), extent.width());
      return best(
          (operation, algorithm) ->
              dnnl_convolution_forward_desc_init(
                  operation,
                  program.training() ? dnnl_forward_training : dnnl_forward_inference,
                  algorithm,
                  source.descriptor(),
                  anyWeights(),
                  loaded.biasDescriptor(),
                  result.descriptor(),
                  extent.stride(),
                  extent.before(),
                  extent.after()),
          weights.postOperation(program),
          null);
    }

    /** The first algorithm available, in a fixed order, so that results are reproducible. */
    private Descriptor best(
        Initialization initialization, dnnl_primitive_attr attributes, Descriptor hint) {
      return IntStream.of(dnnl_convolution_winograd, dnnl_convolution_direct)
          .mapToObj(
              algorithm -> {
                var operation = new dnnl_convolution_desc_t();
                NativeHandles.check(
                    initialization.of(operation, algorithm), "describe a convolution");
                return program.tryDescribe(operation, attributes, hint);
              })
          .flatMap(Optional::stream)
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("oneDNN has no such convolution"));
    }

    /**
     * A backward pass on pictures that lie as in the forward pass, and if oneDNN has only its
     * reference for that (4 channels on a processor without AVX-512), as it likes them best.
     */
    private Descriptor backward(Direction direction) {
      Descriptor same = backward(direction, x.layout(), y.layout());
      return same.isReference()
          ? backward(direction, program.any(x.layout().shape()), program.any(y.layout().shape()))
          : same;
    }

    private Descriptor backward(Direction direction, Layout source, Layout result) {
      return best(
          (operation, algorithm) -> direction.of(operation, algorithm, source, result),
          null,
          forward);
    }

    private Tensor inputGradient(Tensor gradient) {
      Descriptor backward =
          backward(
              (operation, algorithm, source, result) ->
                  dnnl_convolution_backward_data_desc_init(
                      operation,
                      algorithm,
                      source.descriptor(),
                      anyWeights(),
                      result.descriptor(),
                      extent.stride(),
                      extent.before(),
                      extent.after()));
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

    private void addGradients(Tensor gradient) {
      Descriptor backward =
          backward(
              (operation, algorithm, source, result) ->
                  dnnl_convolution_backward_weights_desc_init(
                      operation,
                      algorithm,
                      source.descriptor(),
                      anyWeights(),
                      loaded.biasDescriptor(),
                      result.descriptor(),
                      extent.stride(),
                      extent.before(),
                      extent.after()));
      Tensor result = program.gradients(weights.position(), weightShape);
      Layout layout = backward.layout(dnnl_query_diff_weights_md);
      Tensor dw = layout.same(result.layout()) ? result : program.tensor(layout);
      var roles =
          new HashMap<>(
              Map.of(
                  DNNL_ARG_SRC,
                  program.as(backward.layout(dnnl_query_src_md), x),
                  DNNL_ARG_DIFF_DST,
                  program.as(backward.layout(dnnl_query_diff_dst_md), gradient),
                  DNNL_ARG_DIFF_WEIGHTS,
                  dw));
      if (weights.bias() != null) {
        roles.put(DNNL_ARG_DIFF_BIAS, program.gradients(weights.bias(), outputs));
      }
      program.add(backward, roles);
      if (dw != result) {
        program.copy(dw, result);
      }
    }
  }

  /** Fills in the description of a convolution by one algorithm; returns oneDNN's status. */
  private interface Initialization {
    int of(dnnl_convolution_desc_t operation, int algorithm);
  }

  /** The same for a backward pass on pictures and results of these layouts. */
  private interface Direction {
    int of(dnnl_convolution_desc_t operation, int algorithm, Layout source, Layout result);
  }
}
