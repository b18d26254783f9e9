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
 * The greatest or the mean number of each window, without padding.
 *
 * @param kind which
 * @param window how large the windows are and how far apart; empty kernel: the whole picture
 */
public record Pooling(Kind kind, Window window) implements Piece {

  /** What is taken of a window. */
  public enum Kind {
    /** The greatest number. */
    MAX,
    /** The mean. */
    MEAN
  }

  @Override
  public Step forward(Stage stage, List<Tensor> inputs) {
    return new Pooled(stage, inputs.get(0));
  }

  private int algorithm() {
    return kind == Kind.MAX ? dnnl_pooling_max : dnnl_pooling_avg_exclude_padding;
  }

  private final class Pooled implements Step {

    private final Program program;
    private final Tensor x;
    private final Tensor y;
    private final Window.Extent extent;
    private final Descriptor forward;
    private final Map<Integer, Tensor> workspace = new HashMap<>();

    Pooled(Stage stage, Tensor x) {
      program = stage.program();
      this.x = x;
      extent = window.over(x.layout());
      var operation = new dnnl_pooling_desc_t();
      long[] shape = x.layout().shape();
      Native.check(
          dnnl_pooling_forward_desc_init(
              operation,
              stage.training() ? dnnl_forward_training : dnnl_forward_inference,
              algorithm(),
              x.layout().descriptor(),
              program.any(shape[0], shape[1], extent.height(), extent.width()).descriptor(),
              extent.stride(),
              extent.kernel(),
              extent.before(),
              extent.after()),
          "describe a pooling");
      forward = program.describe(operation, null);
      y = program.tensor(forward.layout(dnnl_query_dst_md));
      if (stage.training() && kind == Kind.MAX) {
        workspace.put(DNNL_ARG_WORKSPACE, program.tensor(forward.layout(dnnl_query_workspace_md)));
      }
      program.add(forward, with(Map.of(DNNL_ARG_SRC, x, DNNL_ARG_DST, y)));
    }

    private Map<Integer, Tensor> with(Map<Integer, Tensor> roles) {
      var all = new HashMap<>(roles);
      all.putAll(workspace);
      return all;
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
      Tensor dy = program.as(y.layout(), gradient);
      Tensor dx = program.tensor(x.layout());
      var operation = new dnnl_pooling_desc_t();
      Native.check(
          dnnl_pooling_backward_desc_init(
              operation,
              algorithm(),
              x.layout().descriptor(),
              y.layout().descriptor(),
              extent.stride(),
              extent.kernel(),
              extent.before(),
              extent.after()),
          "describe a pooling");
      program.add(
          program.describe(operation, forward),
          with(Map.of(DNNL_ARG_DIFF_DST, dy, DNNL_ARG_DIFF_SRC, dx)));
      return List.of(dx);
    }
  }
}
