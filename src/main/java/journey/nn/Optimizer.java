package journey.nn;

import java.util.List;

/**
 * How parameters follow their gradients downhill. An optimizer remembers what it needs of each
 * parameter, so it belongs to one network.
 */
@FunctionalInterface
public interface Optimizer {

  /** One step against the gradients, changing the parameters' values in place. */
  void update(List<Parameter> parameters, double learningRate);
}
