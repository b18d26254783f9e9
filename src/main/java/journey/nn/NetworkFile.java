package journey.nn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import journey.nn.kernel.NotFinite;
import journey.nn.kernel.Npz;
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

  public NetworkFile {
    Objects.requireNonNull(path, "a network's file needs a path");
  }

  /**
   * Writes the network's parameters. A file that was there before stays until the new one is
   * complete.
   *
   * @throws IOException if the file cannot be written
   * @throws DivergedException if a parameter is not finite; a file that was there before stays
   */
  public void save(Network network) throws IOException {
    DivergedException.unlessFinite(network.layers());
    Npz.write(path, parameters(network));
  }

  /**
   * Gives the network the parameters of the file. If anything is wrong, the network stays as it is.
   *
   * @throws IOException if there is no such file, or it is damaged or of another kind, or if one of
   *     its numbers is not finite
   * @throws IllegalArgumentException if the file's parameters have other names, shapes or types
   *     than the network's
   */
  public void load(Network network) throws IOException {
    Map<String, INDArray> parameters = parameters(network);
    Map<String, INDArray> values = values(parameters);
    for (Map.Entry<String, INDArray> value : values.entrySet()) {
      Optional<String> found = NotFinite.find(value.getValue());
      if (found.isPresent()) {
        throw new IOException(
            "%s in %s is %s: it was saved by a training that had diverged, or is damaged"
                .formatted(value.getKey(), path, found.get()));
      }
    }
    parameters.forEach((name, parameter) -> parameter.assign(values.get(name)));
  }

  private Map<String, INDArray> values(Map<String, INDArray> parameters) throws IOException {
    try {
      return Npz.read(path, parameters);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s does not fit the network: %s. Build the network with the layers that were saved"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private static Map<String, INDArray> parameters(Network network) {
    Map<String, INDArray> parameters = new LinkedHashMap<>();
    List<Layer> layers = network.layers();
    for (int i = 0; i < layers.size(); i++) {
      for (Parameter parameter : layers.get(i).parameters()) {
        parameters.put("layer" + (i + 1) + "." + parameter.name(), parameter.value());
      }
    }
    return parameters;
  }
}
