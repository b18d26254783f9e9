package journey.nn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import journey.nn.kernel.Npz;
import journey.nn.kernel.Shapes;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a network in a file that NumPy can read: {@code np.load(path)["layer1.W"]}.
 *
 * <p>It is a {@code .npz} as {@code np.savez} writes it, with an array {@code layerN.name} for each
 * parameter. Layers are counted from 1, including those without parameters. The file holds no
 * architecture: build the network first, then load its parameters.
 *
 * @param path where the file is or will be
 */
public record NetworkFile(Path path) {

  /**
   * Writes the network's parameters. A file that was there before stays until the new one is
   * complete.
   *
   * @throws IOException if the file cannot be written
   */
  public void save(Network network) throws IOException {
    Npz.write(path, parameters(network));
  }

  /**
   * Gives the network the parameters of the file. If anything is wrong, the network stays as it is.
   *
   * @throws IOException if there is no such file, or it is damaged or of another kind
   * @throws IllegalArgumentException if the file's parameters have other names, shapes or types
   *     than the network's
   */
  public void load(Network network) throws IOException {
    Map<String, INDArray> parameters = parameters(network);
    Map<String, INDArray> values = Npz.read(path);
    if (!parameters.keySet().equals(values.keySet())) {
      throw new IllegalArgumentException(
          "%s does not fit the network, whose parameters are %s; the file holds %s"
              .formatted(path, new TreeSet<>(parameters.keySet()), new TreeSet<>(values.keySet())));
    }
    parameters.forEach((name, parameter) -> requireLike(name, parameter, values.get(name)));
    parameters.forEach((name, parameter) -> parameter.assign(values.get(name)));
  }

  private static Map<String, INDArray> parameters(Network network) {
    Map<String, INDArray> parameters = new LinkedHashMap<>();
    List<Layer> layers = network.layers();
    for (int i = 0; i < layers.size(); i++) {
      for (Parameter parameter : layers.get(i).parameters()) {
        parameters.put("layer%d.%s".formatted(i + 1, parameter.name()), parameter.value());
      }
    }
    return parameters;
  }

  private void requireLike(String name, INDArray parameter, INDArray value) {
    if (!parameter.equalShapes(value) || parameter.dataType() != value.dataType()) {
      throw new IllegalArgumentException(
          "%s is %s in %s, but %s in the network"
              .formatted(name, Shapes.describe(value), path, Shapes.describe(parameter)));
    }
  }
}
