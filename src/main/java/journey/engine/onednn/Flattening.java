package journey.engine.onednn;

import java.util.List;

/** Pictures {@code [n, c, h, w]} as rows {@code [n, c·h·w]}. */
public record Flattening() implements Operation {

  @Override
  public ForwardPass forward(Program program, List<Tensor> inputs) {
    program.require(inputs.get(0).layout().rank() == 4, inputs.get(0), "pictures");
    Layout shape = program.plain(inputs.get(0).layout().shape());
    Tensor x = program.as(shape, inputs.get(0));
    long examples = shape.size(0);
    Layout rows = program.plain(examples, shape.bytes() / Float.BYTES / examples);
    return new ForwardPass(
        program.alias(x, rows),
        (gradient, needed) -> program.alias(program.as(rows, gradient), shape));
  }
}
