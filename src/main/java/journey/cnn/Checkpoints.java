package journey.cnn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern NAME = Pattern.compile("epoch-(\\d{4,9})\\.zip");
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
    NetworkZip.write(file(milestone.epochs()), graph, true, ours);
    deleteOlderThan(milestone.epochs() - KEPT + 1);
  }

  private Path file(int epochs) {
    return folder.resolve(String.format(Locale.ROOT, "epoch-%04d.zip", epochs));
  }

  /** Leaves alone what lies ahead: a file there was refused, and may be of use to another. */
  private void deleteOlderThan(int epochs) throws IOException {
    for (Path file : newestFirst()) {
      if (epochsOf(file) < epochs) {
        Files.delete(file);
      }
    }
  }

  /**
   * Brings graph and average to where the newest good checkpoint of this training left them. Says
   * on standard output which files are no good, or of another training.
   *
   * @return how far the training had come; nothing if there are no checkpoints
   * @throws CheckpointException if there are, but none can be used; says why, for each
   */
  Optional<Milestone> resume(ComputationGraph graph, Optional<INDArray> average)
      throws IOException {
    requireFolder();
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
      } catch (IOException refusal) {
        refused.add("Checkpoint not used: " + refusal.getMessage());
      }
    }
    if (!refused.isEmpty()) {
      throw new CheckpointException(
          "%s%nNo checkpoint in %s can be used. Delete these files, or name another folder, to train from the start."
              .formatted(String.join(System.lineSeparator(), refused), folder));
    }
    return Optional.empty();
  }

  /** Makes the folder now, for an epoch's work should not be lost for want of one. */
  private void requireFolder() throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IOException("checkpoints cannot be kept in %s: %s".formatted(folder, e), e);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException("checkpoints cannot be kept in %s: it is read-only".formatted(folder));
    }
  }

  private void requireSameTraining(Path file, Properties properties) throws IOException {
    Optional<String> difference = fingerprint.difference(properties);
    if (difference.isPresent()) {
      throw new IOException("%s is of another training: %s".formatted(file, difference.get()));
    }
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
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparing(Checkpoints::epochsOf).reversed())
          .toList();
    }
  }

  private static int epochsOf(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalArgumentException(file + " is not named as a checkpoint is");
    }
    return Integer.parseInt(name.group(1));
  }
}
