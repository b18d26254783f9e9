package journey.engine.onednn;

import java.util.List;

/**
 * An operation that learns nothing: in training it does what it does in inference, from the running
 * statistics and without dropout, and no gradient comes back through it.
 *
 * @param operation what it does
 */
public record Frozen(Operation operation) implements Operation {

  @Override
  public ForwardPass forward(Program program, List<Tensor> inputs) {
    return new ForwardPass(program.inInference(() -> operation.forward(program, inputs)), null);
  }
}
