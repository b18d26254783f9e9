package journey.nn.kernel;

import java.util.IdentityHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What an optimizer remembers of each parameter: an array of its shape, at first all zero. */
public final class PerParameter {

  private final Map<INDArray, INDArray> arrays = new IdentityHashMap<>();

  /**
   * The array that belongs to this parameter.
   *
   * @throws IllegalArgumentException if there is no room for it
   */
  public INDArray of(INDArray parameter) {
    return arrays.computeIfAbsent(parameter, PerParameter::zeros);
  }

  private static INDArray zeros(INDArray parameter) {
    Sizes.require("an optimizer's memory", 1, parameter.dataType(), parameter.shape());
    return Nd4j.zeros(parameter.dataType(), parameter.shape());
  }
}
