package journey.engine;

import java.util.Arrays;
import journey.memory.MainMemory;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where each layer's parameters lie in the flat array of all parameters of a graph. */
final class ParameterPositions {

  private final long base;
  private final long count;

  ParameterPositions(ComputationGraph graph) {
    base = MainMemory.address(graph.params());
    count = graph.numParams();
  }

  /**
   * The position of the first of a layer's parameters of this name.
   *
   * @param order in which they must lie in memory, 'c' or 'f'
   * @throws UnsupportedGraphException if they lie elsewhere or in another order
   */
  long of(Layer layer, String name, char order) throws UnsupportedGraphException {
    INDArray parameters = layer.getParam(name);
    long position = (MainMemory.address(parameters) - base) / Float.BYTES;
    String label = layer.conf().getLayer().getLayerName();
    GraphReader.require(
        position >= 0 && position + parameters.length() <= count,
        label,
        "has parameters " + name + " outside the graph's flat array");
    GraphReader.require(
        dense(parameters, order),
        label,
        "has parameters " + name + " of strides " + Arrays.toString(parameters.stride()));
    return position;
  }

  private static boolean dense(INDArray array, char order) {
    long expected = 1;
    for (int i = 0; i < array.rank(); i++) {
      int dimension = order == 'f' ? i : array.rank() - 1 - i;
      if (array.size(dimension) != 1 && array.stride(dimension) != expected) {
        return false;
      }
      expected *= array.size(dimension);
    }
    return true;
  }
}
