package journey.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds where a NaN or an infinite number came from, once there is one in the output. */
public final class NotFinite {

  private NotFinite() {}

  /**
   * Does nothing while the output is finite, which costs next to nothing to tell.
   *
   * @param x the network's input
   * @param z its output
   * @param layers the layers between the two
   * @throws ArithmeticException that says whether the input or which parameter is not finite
   */
  public static void check(INDArray x, INDArray z, List<Layer> layers) {
    if (Double.isFinite(Blas.absoluteSum(z))) {
      return;
    }
    find(x, "the input").ifPresent(NotFinite::refuse);
    for (int i = 0; i < layers.size(); i++) {
      for (Parameter θ : layers.get(i).parameters()) {
        find(θ.value(), "%s of layer %d".formatted(θ.name(), i + 1))
            .ifPresent(where -> refuse(where + "; a smaller learning rate may help"));
      }
    }
    refuse("the output, though input and parameters are finite: the numbers have grown too large");
  }

  private static java.util.Optional<String> find(INDArray array, String name) {
    for (int row = 0; row < array.rows(); row++) {
      for (int column = 0; column < array.columns(); column++) {
        double value = array.getDouble(row, column);
        if (!Double.isFinite(value)) {
          return java.util.Optional.of(
              "%s is %s at row %d, column %d".formatted(name, value, row, column));
        }
      }
    }
    return java.util.Optional.empty();
  }

  private static void refuse(String where) {
    throw new ArithmeticException("not a finite number: " + where);
  }
}
