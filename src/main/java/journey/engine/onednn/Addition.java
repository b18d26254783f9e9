package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;

import java.util.Collections;
import java.util.List;

/** The sum of several tensors of one shape, as at the end of a residual block. */
public record Addition() implements Piece {

  @Override
  public Step forward(Stage stage, List<Tensor> inputs) {
    Program program = stage.program();
    Tensor sum =
        inputs.stream()
            .reduce((a, b) -> program.binary(dnnl_binary_add, a, program.as(a.layout(), b)))
            .orElseThrow();
    return new Added(sum, inputs.size());
  }

  private record Added(Tensor result, int terms) implements Step {
    @Override
    public List<Tensor> backward(Tensor gradient, boolean onward) {
      return onward ? Collections.nCopies(terms, gradient) : List.of();
    }
  }
}
