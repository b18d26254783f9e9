package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_softmax_forward_desc_init;

import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_softmax_desc_t;

/**
 * Softmax, and in training the cross entropy with the targets.
 *
 * @param least probabilities are not taken below this, nor above 1 minus this, before the logarithm
 */
public record SoftmaxLoss(double least) implements Piece {

  @Override
  public Step forward(Stage stage, List<Tensor> inputs) {
    Program program = stage.program();
    Tensor x = inputs.get(0);
    Tensor y = program.tensor(x.layout());
    var operation = new dnnl_softmax_desc_t();
    Native.check(
        dnnl_softmax_forward_desc_init(
            operation, dnnl_forward_inference, x.layout().descriptor(), 1),
        "describe a softmax");
    program.add(program.describe(operation, null), Map.of(DNNL_ARG_SRC, x, DNNL_ARG_DST, y));
    return new Probabilities(stage, y);
  }

  private final class Probabilities implements Step {

    private final Stage stage;
    private final Tensor y;

    Probabilities(Stage stage, Tensor y) {
      this.stage = stage;
      this.y = y;
    }

    @Override
    public Tensor result() {
      return y;
    }

    /** The loss's gradient starts here; what is passed in is not used. */
    @Override
    public List<Tensor> backward(Tensor none, boolean onward) {
      Tensor dx = stage.program().tensor(y.layout());
      stage.program().add(() -> compare(dx), y, dx);
      return List.of(dx);
    }

    private void compare(Tensor dx) {
      float[] targets = stage.step().targets();
      float[] values = y.read(targets.length);
      double loss = 0;
      for (int i = 0; i < targets.length; i++) {
        loss -= targets[i] * Math.log(Math.min(Math.max(values[i], least), 1 - least));
        values[i] -= targets[i];
      }
      dx.write(values);
      stage.step().loss(loss);
    }
  }
}
