package journey.cnn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The outputs of a network's layers for one picture, as long as they still are pictures. */
public final class FeatureMaps {

  private final Map<String, INDArray> maps;

  private FeatureMaps(Map<String, INDArray> maps) {
    this.maps = maps;
  }

  /**
   * Runs the network on the picture, in inference mode.
   *
   * @param picture of shape {@code [1, channels, height, width]}
   * @throws IllegalArgumentException if the shape is another
   */
  public static FeatureMaps of(ComputationGraph graph, INDArray picture) {
    if (picture.rank() != 4 || picture.size(0) != 1) {
      throw new IllegalArgumentException(
          "the picture must be of shape [1, channels, height, width], but is of shape %s"
              .formatted(Arrays.toString(picture.shape())));
    }
    Map<String, INDArray> outputs = graph.feedForward(picture, false);
    Map<String, INDArray> maps = new LinkedHashMap<>();
    for (int vertex : graph.topologicalSortOrder()) {
      String name = graph.getVertices()[vertex].getVertexName();
      INDArray output = outputs.get(name);
      boolean isInput = graph.getConfiguration().getNetworkInputs().contains(name);
      if (!isInput && output != null && output.rank() == 4) {
        maps.put(name, output.slice(0).dup());
      }
    }
    return new FeatureMaps(maps);
  }

  /** The names of the layers whose outputs are pictures, from the input on. */
  public List<String> layers() {
    return List.copyOf(maps.keySet());
  }

  /**
   * A layer's output.
   *
   * @return of shape {@code [channels, height, width]}
   * @throws IllegalArgumentException if there is no such layer, or its output is no picture
   */
  public INDArray of(String layer) {
    INDArray output = maps.get(layer);
    if (output == null) {
      throw new IllegalArgumentException(
          "there is no layer \"%s\" whose output is a picture; those are %s"
              .formatted(layer, maps.keySet()));
    }
    return output;
  }
}
