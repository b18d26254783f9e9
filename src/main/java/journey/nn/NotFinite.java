package journey.nn;

import java.util.List;
import java.util.Optional;
import journey.nn.kernel.Blas;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds where a NaN or an infinite number came from, once there is one in the output. */
public final class NotFinite {

  private NotFinite() {}

  /**
   * Does nothing while input, targets and output are finite, which costs next to nothing to tell. A
   * finite output alone says little: a sigmoid turns an infinite input into 0 or 1.
   *
   * @param x the network's input
   * @param y its targets
   * @param z its output
   * @param layers the layers between input and output
   * @throws ArithmeticException that says where in the input, in the targets or in which parameter
   */
  public static void check(INDArray x, INDArray y, INDArray z, List<Layer> layers) {
    if (Double.isFinite(Blas.absoluteSum(x) + Blas.absoluteSum(y) + Blas.absoluteSum(z))) {
      return;
    }
    find(x, "the input").ifPresent(NotFinite::refuse);
    find(y, "the target").ifPresent(NotFinite::refuse);
    for (int i = 0; i < layers.size(); i++) {
      for (Parameter θ : layers.get(i).parameters()) {
        find(θ.value(), "%s of layer %d".formatted(θ.name(), i + 1))
            .ifPresent(where -> refuse(where + "; a smaller learning rate may help"));
      }
    }
    find(z, "the output")
        .ifPresent(where -> refuse(where + ", though input and parameters are finite: too large"));
  }

  private static Optional<String> find(INDArray array, String name) {
    for (int row = 0; row < array.rows(); row++) {
      for (int column = 0; column < array.columns(); column++) {
        double value = array.getDouble(row, column);
        if (!Double.isFinite(value)) {
          return Optional.of("%s is %s at row %d, column %d".formatted(name, value, row, column));
        }
      }
    }
    return Optional.empty();
  }

  private static void refuse(String where) {
    throw new ArithmeticException("not a finite number: " + where);
  }
}
