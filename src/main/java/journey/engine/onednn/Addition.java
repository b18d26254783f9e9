package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;

import java.util.List;

/** The sum of several tensors of one shape, as at the end of a residual block. */
public record Addition() implements Operation {

  @Override
  public ForwardPass forward(Program program, List<Tensor> inputs) {
    Tensor sum =
        inputs.stream()
            .reduce((a, b) -> program.binary(dnnl_binary_add, a, program.as(a.layout(), b)))
            .orElseThrow();
    return new ForwardPass(sum, (gradient, needed) -> gradient);
  }
}
