package journey.cnn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The checkpoints of one training: after each epoch a file {@code epoch-0001.zip}, of which the
 * last two are kept. Each is an ordinary network for Deeplearning4j, with what it takes to go on.
 *
 * @param folder where they lie; is made if need be
 * @param fingerprint of the training
 */
record Checkpoints(Path folder, Fingerprint fingerprint) {

  private static final String TRAINING = "training.properties";
  private static final String AVERAGE = "average.bin";
  private static final int KEPT = 2;

  /** Writes a checkpoint, and deletes those that are no longer needed. */
  void write(
      Milestone milestone, ComputationGraph graph, Optional<INDArray> average, byte[] classifier)
      throws IOException {
    Properties properties = milestone.properties();
    fingerprint.addTo(properties);
    Map<String, byte[]> ours = new HashMap<>();
    ours.put(TRAINING, NetworkZip.bytes(properties));
    ours.put(CnnClassifier.ENTRY, classifier);
    if (average.isPresent()) {
      ours.put(AVERAGE, NetworkZip.bytes(average.get()));
    }
    Path file = folder.resolve("epoch-%04d.zip".formatted(milestone.epochs()));
    NetworkZip.write(file, graph, true, ours);
    List<Path> files = newestFirst();
    for (Path old : files.subList(Math.min(KEPT, files.size()), files.size())) {
      Files.delete(old);
    }
  }

  /**
   * Brings graph and average to where the newest good checkpoint left them. Says on standard output
   * which files are no good.
   *
   * @return how far the training had come; nothing if there are no checkpoints
   * @throws CheckpointException if there are, but none is good, or they are of another training
   */
  Optional<Milestone> resume(ComputationGraph graph, Optional<INDArray> average)
      throws IOException {
    List<String> refused = new ArrayList<>();
    for (Path file : newestFirst()) {
      try {
        NetworkZip zip = NetworkZip.read(file);
        Properties properties = zip.properties(TRAINING);
        requireSameTraining(file, properties);
        restore(zip, graph, average);
        Milestone milestone = Milestone.of(properties);
        graph.getConfiguration().setIterationCount(milestone.iterations());
        refused.forEach(System.out::println);
        System.out.printf("Going on from %s%n", file);
        return Optional.of(milestone);
      } catch (IOException damaged) {
        refused.add("Checkpoint not used: " + damaged.getMessage());
      }
    }
    if (!refused.isEmpty()) {
      throw new CheckpointException(
          "%s%nNo checkpoint in %s is good. Delete these files, or name another folder, to train from the start."
              .formatted(String.join(System.lineSeparator(), refused), folder));
    }
    return Optional.empty();
  }

  private void requireSameTraining(Path file, Properties properties) {
    fingerprint
        .difference(properties)
        .ifPresent(
            difference -> {
              throw new CheckpointException(
                  "%s is of another training: %s. Name another folder for this one, or delete that."
                      .formatted(file, difference));
            });
  }

  private static void restore(NetworkZip zip, ComputationGraph graph, Optional<INDArray> average)
      throws IOException {
    INDArray parameters = zip.parameters();
    INDArray state = graph.getUpdater().getStateViewArray();
    if (state != null) {
      state.assign(zip.updaterState());
    }
    if (average.isPresent()) {
      average.get().assign(zip.ours(AVERAGE));
    }
    graph.setParams(parameters);
  }

  private List<Path> newestFirst() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("epoch-\\d{4,}\\.zip"))
          .sorted(Comparator.comparing(Path::getFileName).reversed())
          .toList();
    }
  }
}
