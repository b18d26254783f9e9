package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_exclude_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_backward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_forward_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_max;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_dst_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_workspace_md;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import journey.engine.onednn.Program.Descriptor;
import org.bytedeco.dnnl.dnnl_pooling_desc_t;

/**
 * The largest element or the mean of each window, without padding.
 *
 * @param kind which of them
 * @param window how large the windows are and how far apart; empty kernel: the whole picture
 */
public record Pooling(Kind kind, Window window) implements Operation {

  /** What is taken of a window. */
  public enum Kind {
    /** The largest element. */
    MAX,
    /** The mean. */
    MEAN
  }

  @Override
  public ForwardPass forward(Program program, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    program.require(x.layout().rank() == 4, x, "pictures [n, channels, height, width]");
    long[] shape = x.layout().shape();
    Window.Extent extent = window.over(x.layout());
    var operation = new dnnl_pooling_desc_t();
    NativeHandles.check(
        dnnl_pooling_forward_desc_init(
            operation,
            program.training() ? dnnl_forward_training : dnnl_forward_inference,
            algorithm(),
            x.layout().descriptor(),
            program.any(shape[0], shape[1], extent.height(), extent.width()).descriptor(),
            extent.stride(),
            extent.kernel(),
            extent.before(),
            extent.after()),
        "describe a pooling");
    Descriptor forward = program.describe(operation, null);
    Tensor y = program.tensor(forward.layout(dnnl_query_dst_md));
    var roles = new HashMap<>(Map.of(DNNL_ARG_SRC, x, DNNL_ARG_DST, y));
    if (program.training() && kind == Kind.MAX) {
      roles.put(DNNL_ARG_WORKSPACE, program.tensor(forward.layout(dnnl_query_workspace_md)));
    }
    program.add(forward, roles);
    Tensor largest = roles.get(DNNL_ARG_WORKSPACE);
    return new ForwardPass(
        y,
        (gradient, needed) ->
            backward(program, forward, x, largest, program.as(y.layout(), gradient)));
  }

  private Tensor backward(
      Program program, Descriptor forward, Tensor x, Tensor largest, Tensor dy) {
    Window.Extent extent = window.over(x.layout());
    Tensor dx = program.tensor(x.layout());
    var operation = new dnnl_pooling_desc_t();
    NativeHandles.check(
        dnnl_pooling_backward_desc_init(
            operation,
            algorithm(),
            x.layout().descriptor(),
            dy.layout().descriptor(),
            extent.stride(),
            extent.kernel(),
            extent.before(),
            extent.after()),
        "describe a pooling");
    var roles = new HashMap<>(Map.of(DNNL_ARG_DIFF_DST, dy, DNNL_ARG_DIFF_SRC, dx));
    if (largest != null) {
      roles.put(DNNL_ARG_WORKSPACE, largest);
    }
    program.add(program.describe(operation, forward), roles);
    return dx;
  }

  private int algorithm() {
    return kind == Kind.MAX ? dnnl_pooling_max : dnnl_pooling_avg_exclude_padding;
  }
}
