package journey.cnn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What each layer of a network makes of one picture, as long as it still is a picture. */
public final class FeatureMaps {

  private final Map<String, INDArray> maps;

  private FeatureMaps(Map<String, INDArray> maps) {
    this.maps = maps;
  }

  /**
   * Shows the picture to the network, as it is used and not as it is trained.
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
    Map<String, INDArray> answers = graph.feedForward(picture, false);
    Map<String, INDArray> maps = new LinkedHashMap<>();
    for (int vertex : graph.topologicalSortOrder()) {
      String name = graph.getVertices()[vertex].getVertexName();
      INDArray answer = answers.get(name);
      boolean isInput = graph.getConfiguration().getNetworkInputs().contains(name);
      if (!isInput && answer != null && answer.rank() == 4) {
        maps.put(name, answer.slice(0).dup());
      }
    }
    return new FeatureMaps(maps);
  }

  /** The names of the layers whose answers are pictures, from the input on. */
  public List<String> layers() {
    return List.copyOf(maps.keySet());
  }

  /**
   * A layer's answer.
   *
   * @return of shape {@code [channels, height, width]}
   * @throws IllegalArgumentException if there is no such layer, or its answer is no picture
   */
  public INDArray of(String layer) {
    INDArray answer = maps.get(layer);
    if (answer == null) {
      throw new IllegalArgumentException(
          "no layer \"%s\" whose answer is a picture; there are %s"
              .formatted(layer, maps.keySet()));
    }
    return answer;
  }
}
