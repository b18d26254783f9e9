package journey.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Inverted dropout: in training it sets elements to zero at random and divides the others by the
 * share that is kept.
 *
 * <p>The random numbers come from a {@link SplittableRandom} seeded with the run's seed and this
 * dropout's number, so the masks of a step depend on nothing that went before.
 *
 * @param keep the probability with which an element is kept
 * @param number which dropout of the network this is
 */
public record DropoutMask(double keep, int number) implements Operation {

  @Override
  public ForwardPass forward(Program program, List<Tensor> inputs) {
    Tensor x = inputs.get(0);
    if (!program.training()) {
      return new ForwardPass(x, null);
    }
    Tensor mask = program.tensor(x.layout());
    int count = Math.toIntExact(x.layout().bytes() / Float.BYTES);
    program.add(() -> mask.write(mask(program.state().seed, count)), mask);
    Tensor y = program.binary(dnnl_binary_mul, x, mask);
    return new ForwardPass(
        y,
        (gradient, needed) ->
            program.binary(dnnl_binary_mul, program.as(y.layout(), gradient), mask));
  }

  /** For each element the factor it is multiplied by: 0 or 1 / keep. */
  float[] mask(long seed, int count) {
    var random = new SplittableRandom(new SplittableRandom(seed).nextLong() + number);
    var mask = new float[count];
    float kept = (float) (1 / keep);
    for (int i = 0; i < count; i++) {
      mask[i] = random.nextDouble() < keep ? kept : 0;
    }
    return mask;
  }
}
