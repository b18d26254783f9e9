package journey.engine.onednn;

import java.util.List;

/** Pictures {@code [n, c, h, w]} as rows {@code [n, c·h·w]}. */
public record Flattening() implements Piece {

  @Override
  public Step forward(Stage stage, List<Tensor> inputs) {
    Program program = stage.program();
    Layout shape = program.plain(inputs.get(0).layout().shape());
    Tensor x = program.as(shape, inputs.get(0));
    long examples = shape.size(0);
    Layout rows = program.plain(examples, shape.bytes() / Float.BYTES / examples);
    return new Flattened(program, shape, program.alias(x, rows));
  }

  private record Flattened(Program program, Layout shape, Tensor result) implements Step {
    @Override
    public List<Tensor> backward(Tensor gradient, boolean onward) {
      return onward
          ? List.of(program.alias(program.as(result.layout(), gradient), shape))
          : List.of();
    }
  }
}
