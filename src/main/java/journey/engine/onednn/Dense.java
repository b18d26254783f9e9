package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_backward_data_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_backward_weights_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_weights_md;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import journey.engine.onednn.Program.Descriptor;
import org.bytedeco.dnnl.dnnl_inner_product_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;

/**
 * A fully connected layer.
 *
 * @param inputs features of an example that come in
 * @param outputs features that go out
 * @param weights {@code [outputs, inputs]}
 */
public record Dense(int inputs, int outputs, Weights weights) implements Operation {

  @Override
  public boolean hasParameters() {
    return true;
  }

  @Override
  public ForwardPass forward(Program program, List<Tensor> tensors) {
    Tensor x = tensors.get(0);
    boolean fits = x.layout().rank() == 2 && x.layout().size(1) == inputs;
    program.require(fits, x, "rows [n, " + inputs + "]");
    return new Product(program, x).pass();
  }

  private final class Product {

    private final Program program;
    private final Tensor x;
    private final Tensor y;
    private final Weights.Tensors loaded;
    private final dnnl_memory_desc_t weightDescriptor;
    private final Descriptor forward;

    Product(Program program, Tensor input) {
      this.program = program;
      long examples = input.layout().size(0);
      x = program.as(program.plain(examples, inputs), input);
      y = program.tensor(program.plain(examples, outputs));
      loaded = weights.load(program, outputs, inputs);
      // A copy of the weights in another layout pays only if it is used many times.
      weightDescriptor =
          program.training()
              ? loaded.weights().layout().descriptor()
              : program.any(outputs, inputs).descriptor();
      var operation = new dnnl_inner_product_desc_t();
      NativeHandles.check(
          dnnl_inner_product_forward_desc_init(
              operation,
              program.training() ? dnnl_forward_training : dnnl_forward_inference,
              x.layout().descriptor(),
              weightDescriptor,
              loaded.biasDescriptor(),
              y.layout().descriptor()),
          "describe a dense layer");
      forward = program.tryDescribe(operation, weights.postOperation(program), null).orElseThrow();
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
            Tensor dy = program.as(y.layout(), gradient);
            addGradients(dy);
            return needsInputGradient ? inputGradient(dy) : null;
          });
    }

    private Tensor inputGradient(Tensor dy) {
      Tensor dx = program.tensor(x.layout());
      var operation = new dnnl_inner_product_desc_t();
      NativeHandles.check(
          dnnl_inner_product_backward_data_desc_init(
              operation, x.layout().descriptor(), weightDescriptor, y.layout().descriptor()),
          "describe a dense layer");
      program.add(
          program.describe(operation, forward),
          Map.of(DNNL_ARG_DIFF_DST, dy, DNNL_ARG_WEIGHTS, loaded.weights(), DNNL_ARG_DIFF_SRC, dx));
      return dx;
    }

    private void addGradients(Tensor dy) {
      var roles = new HashMap<>(Map.of(DNNL_ARG_SRC, x, DNNL_ARG_DIFF_DST, dy));
      roles.put(DNNL_ARG_DIFF_WEIGHTS, program.gradients(weights.position(), outputs, inputs));
      if (weights.bias() != null) {
        roles.put(DNNL_ARG_DIFF_BIAS, program.gradients(weights.bias(), outputs));
      }
      var operation = new dnnl_inner_product_desc_t();
      NativeHandles.check(
          dnnl_inner_product_backward_weights_desc_init(
              operation,
              x.layout().descriptor(),
              weightDescriptor,
              loaded.biasDescriptor(),
              y.layout().descriptor()),
          "describe a dense layer");
      program.add(program.describe(operation, forward), roles);
    }
  }
}
