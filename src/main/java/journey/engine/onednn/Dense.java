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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import journey.engine.onednn.Program.Descriptor;
import org.bytedeco.dnnl.dnnl_inner_product_desc_t;

/**
 * A fully connected layer.
 *
 * @param inputs how many numbers come in per example
 * @param outputs how many go out
 * @param affine its weights, one output's after the other's
 */
public record Dense(int inputs, int outputs, Affine affine) implements Piece {

  @Override
  public boolean hasParameters() {
    return true;
  }

  @Override
  public Step forward(Stage stage, List<Tensor> tensors) {
    return new Multiplied(stage, tensors.get(0));
  }

  private final class Multiplied implements Step {

    private final Stage stage;
    private final Program program;
    private final Tensor x;
    private final Tensor y;
    private final Affine.Loaded loaded;
    private final Layout weights;
    private final Descriptor forward;

    Multiplied(Stage stage, Tensor input) {
      this.stage = stage;
      program = stage.program();
      long examples = input.layout().size(0);
      x = program.as(program.plain(examples, inputs), input);
      y = program.tensor(program.plain(examples, outputs));
      weights = program.plain(outputs, inputs);
      loaded = affine.load(stage, weights);
      var operation = new dnnl_inner_product_desc_t();
      Native.check(
          dnnl_inner_product_forward_desc_init(
              operation,
              stage.training() ? dnnl_forward_training : dnnl_forward_inference,
              x.layout().descriptor(),
              weights.descriptor(),
              loaded.bias() == null ? null : loaded.bias().layout().descriptor(),
              y.layout().descriptor()),
          "describe a dense layer");
      var attributes = affine.function().map(f -> f.afterwards(program.handles())).orElse(null);
      forward = program.tryDescribe(operation, attributes, null).orElseThrow();
      var roles = new HashMap<>(Map.of(DNNL_ARG_SRC, x, DNNL_ARG_DST, y));
      roles.put(DNNL_ARG_WEIGHTS, loaded.weights());
      if (loaded.bias() != null) {
        roles.put(DNNL_ARG_BIAS, loaded.bias());
      }
      program.add(forward, roles);
    }

    @Override
    public Tensor result() {
      return y;
    }

    @Override
    public List<Tensor> backward(Tensor gradient, boolean onward) {
      Tensor dy = program.as(y.layout(), gradient);
      gradients(dy);
      return onward ? List.of(inputGradient(dy)) : List.of();
    }

    private Tensor inputGradient(Tensor dy) {
      Tensor dx = program.tensor(x.layout());
      var operation = new dnnl_inner_product_desc_t();
      Native.check(
          dnnl_inner_product_backward_data_desc_init(
              operation, x.layout().descriptor(), weights.descriptor(), y.layout().descriptor()),
          "describe a dense layer");
      program.add(
          program.describe(operation, forward),
          Map.of(DNNL_ARG_DIFF_DST, dy, DNNL_ARG_WEIGHTS, loaded.weights(), DNNL_ARG_DIFF_SRC, dx));
      return dx;
    }

    private void gradients(Tensor dy) {
      var roles = new HashMap<>(Map.of(DNNL_ARG_SRC, x, DNNL_ARG_DIFF_DST, dy));
      roles.put(DNNL_ARG_DIFF_WEIGHTS, stage.gradient(affine.weights(), weights));
      affine.bias().ifPresent(at -> roles.put(DNNL_ARG_DIFF_BIAS, stage.gradients(at, outputs)));
      var operation = new dnnl_inner_product_desc_t();
      Native.check(
          dnnl_inner_product_backward_weights_desc_init(
              operation,
              x.layout().descriptor(),
              weights.descriptor(),
              loaded.bias() == null ? null : loaded.bias().layout().descriptor(),
              y.layout().descriptor()),
          "describe a dense layer");
      program.add(program.describe(operation, forward), roles);
    }
  }
}
