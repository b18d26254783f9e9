package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Sets numbers to zero at random, in training only, and divides the others by the share that is
 * kept.
 *
 * <p>The random numbers come from a {@link SplittableRandom} whose seed is made of the step's
 * randomness and this dropout's number, so a step's masks depend on nothing that went before.
 *
 * @param keep the probability with which a number is kept
 * @param number which dropout of the network this is
 */
public record Dropout(double keep, int number) implements Piece {

  @Override
  public Step forward(Stage stage, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    if (!stage.training()) {
      return new Dropped(stage.program(), null, x);
    }
    Program program = stage.program();
    Tensor mask = program.tensor(x.layout());
    int count = Math.toIntExact(x.layout().bytes() / Float.BYTES);
    program.add(() -> mask.write(mask(stage.step().randomness(), count)), mask);
    return new Dropped(program, mask, program.binary(dnnl_binary_mul, x, mask));
  }

  /** For each number 0 or what it is multiplied by. */
  float[] mask(long randomness, int count) {
    var random = new SplittableRandom(new SplittableRandom(randomness).nextLong() + number);
    var mask = new float[count];
    float kept = (float) (1 / keep);
    for (int i = 0; i < count; i++) {
      mask[i] = random.nextDouble() < keep ? kept : 0;
    }
    return mask;
  }

  private record Dropped(Program program, Tensor mask, Tensor result) implements Step {
    @Override
    public List<Tensor> backward(Tensor gradient, boolean onward) {
      if (!onward) {
        return List.of();
      }
      Tensor dy = program.as(result.layout(), gradient);
      return List.of(program.binary(dnnl_binary_mul, dy, mask));
    }
  }
}
