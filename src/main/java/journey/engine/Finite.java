package journey.engine;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * Refuses numbers that are not finite. A sum over all of them tells, and only where it is not
 * finite itself does a closer look follow: large numbers can have such a sum, too.
 */
final class Finite {

  private Finite() {}

  /**
   * Requires that there are examples, and that all their numbers are finite.
   *
   * @param what they are, in the plural, for the message
   */
  static void require(String what, INDArray array) {
    if (array == null) {
      throw new IllegalArgumentException("the batch has no " + what + " (null)");
    }
    if (array.wasClosed()) {
      throw new IllegalArgumentException("the array of the " + what + " was closed");
    }
    if (array.isEmpty() || array.size(0) == 0) {
      throw new IllegalArgumentException("the " + what + " are of no examples: there must be one");
    }
    if (array.dataType().isFPType() && !is(array)) {
      throw new IllegalArgumentException(
          "the %s must be finite, but those of example %d are not".formatted(what, firstOf(array)));
    }
  }

  private static long firstOf(INDArray array) {
    long example = 0;
    while (is(array.slice(example))) {
      example++;
    }
    return example;
  }

  /**
   * Requires that all parameters are finite.
   *
   * @throws NotFiniteException if not; the message names the first such
   */
  static void requireParameters(ComputationGraph graph) {
    if (is(graph.params())) {
      return;
    }
    String name =
        graph.paramTable().entrySet().stream()
            .filter(parameter -> !is(parameter.getValue()))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    throw new NotFiniteException("not all parameters of " + name + " are finite");
  }

  private static boolean is(INDArray array) {
    return Double.isFinite(array.sumNumber().doubleValue())
        || !BooleanIndexing.or(array, Conditions.notFinite());
  }
}
