package journey.nn;

import java.util.List;
import journey.nn.kernel.NotFinite;
import journey.nn.kernel.Shapes;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Thrown when a loss, a parameter or an input is NaN or infinite; the message says which. */
public final class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * @param message which number is not finite, and where it was found
   */
  public DivergedException(String message) {
    super(message);
  }

  /**
   * Returns if all inputs x, targets y and logits z are finite. Logits alone prove little: a
   * sigmoid turns an infinite input into 0 or 1.
   *
   * @throws DivergedException that says which input, target, parameter or logit is not
   * @throws IllegalArgumentException if the targets have not the logits' shape and type
   */
  public static void unlessFinite(INDArray x, INDArray y, INDArray z, List<Layer> layers) {
    Shapes.requireSame(z, y);
    if (!NotFinite.suspected(x, y, z)) {
      return;
    }
    check("the input", x, "");
    check("the target", y, "");
    unlessFinite(layers);
    check("the output", z, ", though input and parameters are finite: they are too large");
  }

  /**
   * Returns if all parameters are finite.
   *
   * @throws DivergedException that says which one is not
   */
  public static void unlessFinite(List<Layer> layers) {
    for (int i = 0; i < layers.size(); i++) {
      for (Parameter parameter : layers.get(i).parameters()) {
        String name = "%s of layer %d".formatted(parameter.name(), i + 1);
        check(name, parameter.value(), "; a smaller learning rate may help");
      }
    }
  }

  private static void check(String name, INDArray array, String hint) {
    NotFinite.find(array)
        .ifPresent(
            found -> {
              throw new DivergedException("%s is %s%s".formatted(name, found, hint));
            });
  }
}
