package journey.data;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Turns pictures into a network's inputs.
 *
 * <p>What a preprocessing needs to know about the data, it learns from the training part alone; the
 * same numbers then serve for validation and test.
 */
@FunctionalInterface
public interface Preprocessing {

  /**
   * The pictures as float32.
   *
   * @return a new array of shape {@code [size, features]}, in 'c' order
   */
  INDArray apply(LabeledImages images);

  /** Colour values divided by 255, which then lie in [0, 1]. */
  static Preprocessing unitScaling() {
    return LabeledImages::toFloat;
  }
}
