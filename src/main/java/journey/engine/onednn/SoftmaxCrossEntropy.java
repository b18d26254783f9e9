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
 * @param clip probabilities are clipped to [clip, 1 − clip] before the logarithm
 */
public record SoftmaxCrossEntropy(double clip) implements Operation {

  @Override
  public ForwardPass forward(Program program, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    Tensor y = program.tensor(x.layout());
    var operation = new dnnl_softmax_desc_t();
    NativeHandles.check(
        dnnl_softmax_forward_desc_init(
            operation, dnnl_forward_inference, x.layout().descriptor(), 1),
        "describe a softmax");
    program.add(program.describe(operation, null), Map.of(DNNL_ARG_SRC, x, DNNL_ARG_DST, y));
    return new ForwardPass(y, (none, needed) -> backward(program, y));
  }

  /** The loss's gradient starts here. */
  private Tensor backward(Program program, Tensor y) {
    Tensor dx = program.tensor(y.layout());
    program.add(() -> compare(program.state(), y, dx), y, dx);
    return dx;
  }

  private void compare(RunState state, Tensor y, Tensor dx) {
    float[] targets = state.targets;
    float[] values = y.read(targets.length);
    double loss = 0;
    for (int i = 0; i < targets.length; i++) {
      loss -= targets[i] * Math.log(Math.min(Math.max(values[i], clip), 1 - clip));
      values[i] -= targets[i];
    }
    dx.write(values);
    state.loss = loss;
  }
}
