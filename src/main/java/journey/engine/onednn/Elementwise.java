package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_backward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import java.util.List;
import java.util.Map;
import journey.engine.onednn.Program.Descriptor;
import org.bytedeco.dnnl.dnnl_eltwise_desc_t;

/** An activation function, or a multiplication by a number. */
public record Elementwise(Nonlinearity function) implements Piece {

  @Override
  public Step forward(Stage stage, List<Tensor> inputs) {
    return new Applied(stage.program(), function, inputs.get(0));
  }

  private static final class Applied implements Step {

    private final Program program;
    private final Nonlinearity function;
    private final Tensor x;
    private final Tensor y;
    private final Descriptor forward;

    Applied(Program program, Nonlinearity function, Tensor x) {
      this.program = program;
      this.function = function;
      this.x = x;
      y = program.tensor(x.layout());
      var operation = new dnnl_eltwise_desc_t();
      Native.check(
          dnnl_eltwise_forward_desc_init(
              operation,
              dnnl_forward_training,
              function.algorithm(),
              x.layout().descriptor(),
              function.alpha(),
              0),
          "describe an activation");
      forward = program.describe(operation, null);
      program.add(forward, Map.of(DNNL_ARG_SRC, x, DNNL_ARG_DST, y));
    }

    @Override
    public Tensor result() {
      return y;
    }

    @Override
    public List<Tensor> backward(Tensor gradient, boolean onward) {
      if (!onward) {
        return List.of();
      }
      Tensor dy = program.as(x.layout(), gradient);
      Tensor dx = program.tensor(x.layout());
      var operation = new dnnl_eltwise_desc_t();
      Native.check(
          dnnl_eltwise_backward_desc_init(
              operation,
              function.algorithm(),
              x.layout().descriptor(),
              x.layout().descriptor(),
              function.alpha(),
              0),
          "describe an activation");
      program.add(
          program.describe(operation, forward),
          Map.of(DNNL_ARG_SRC, x, DNNL_ARG_DIFF_DST, dy, DNNL_ARG_DIFF_SRC, dx));
      return List.of(dx);
    }
  }
}
