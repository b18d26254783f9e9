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
 * The checkpoints of one training: after each epoch a file {@code epoch-0001.zip}, or after each
 * round {@code round-0001.zip}, of which the last two are kept. Each is an ordinary network for
 * Deeplearning4j, with all that resuming takes. As long as this is open, no other training can use
 * the folder.
 */
final class CheckpointFolder implements Checkpoints {

  private static final String TRAINING = "training.properties";
  private static final int KEPT = 2;

  private final Path folder;
  private final String unit;
  private final Pattern name;
  private final Fingerprint fingerprint;
  private final TrainingLock lock;

  /**
   * Makes the folder before the work begins, so that a missing folder cannot cost an epoch's work.
   *
   * @param folder where they lie; is made if need be
   * @param unit what is numbered in their names: {@code epoch} or {@code round}
   * @param fingerprint of the training
   * @throws CheckpointException if another training has the folder
   */
  CheckpointFolder(Path folder, String unit, Fingerprint fingerprint) throws IOException {
    this.folder = folder;
    this.unit = unit;
    this.name = Pattern.compile(unit + "-(\\d{4,9})\\.zip");
    this.fingerprint = fingerprint;
    try {
      Files.createDirectories(folder);
      lock = TrainingLock.of(folder);
    } catch (IOException e) {
      throw new IOException(
          "Checkpoints cannot be kept in %s (%s). Make room on the disk or the folder writable, or name another one"
              .formatted(folder, e),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  /** Writes a checkpoint, and deletes those that are no longer needed. */
  @Override
  public void write(TrainingState state, ComputationGraph graph, Muon muon, byte[] classifier)
      throws IOException {
    Properties properties = state.properties();
    fingerprint.addTo(properties);
    Map<String, byte[]> ours = new HashMap<>();
    ours.put(TRAINING, NetworkZip.bytes(properties));
    ours.put(CnnClassifier.ENTRY, classifier);
    muon.addTo(ours);
    NetworkZip.write(file(state.number()), graph, true, ours);
    deleteOlderThan(state.number() - KEPT + 1);
  }

  private Path file(int number) {
    return folder.resolve(String.format(Locale.ROOT, "%s-%04d.zip", unit, number));
  }

  /** Leaves later ones alone: such a file was refused, and may belong to another training. */
  private void deleteOlderThan(int number) throws IOException {
    for (Path file : newestFirst()) {
      if (numberOf(file) < number && Files.isRegularFile(file)) {
        Files.delete(file);
      }
    }
  }

  /**
   * Tries the newest checkpoint first. Says on standard output which files are damaged or belong to
   * another training.
   */
  @Override
  public TrainingState resume(ComputationGraph graph, Muon muon) throws IOException {
    List<String> refused = new ArrayList<>();
    for (Path file : newestFirst()) {
      try {
        TrainingState state = restore(NetworkZip.read(file), file, graph, muon);
        refused.forEach(System.out::println);
        System.out.printf("Going on from %s%n", file);
        return state;
      } catch (IOException refusal) {
        refused.add("Checkpoint not used: " + refusal.getMessage());
      } catch (RuntimeException damage) {
        refused.add("Checkpoint not used: %s cannot be read: %s".formatted(file, damage));
      }
    }
    if (!refused.isEmpty()) {
      throw new CheckpointException(
          "%s%nNo checkpoint in %s can be used. Delete these files, or name another folder, to train from the start."
              .formatted(String.join(System.lineSeparator(), refused), folder));
    }
    return TrainingState.start();
  }

  private TrainingState restore(NetworkZip zip, Path file, ComputationGraph graph, Muon muon)
      throws IOException {
    Properties properties = zip.properties(TRAINING);
    Optional<String> difference = fingerprint.difference(properties);
    if (difference.isPresent()) {
      throw new IOException("%s is of another training: %s".formatted(file, difference.get()));
    }
    INDArray updaterState = graph.getUpdater().getStateViewArray();
    if (updaterState != null) {
      zip.updaterStateInto(updaterState);
    }
    muon.restore(zip);
    zip.parametersInto(graph.params());
    TrainingState state = TrainingState.of(properties);
    graph.getConfiguration().setIterationCount(state.iterations());
    return state;
  }

  private List<Path> newestFirst() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> numberOf(file) > 0)
          .sorted(Comparator.comparing(this::numberOf).reversed())
          .toList();
    }
  }

  /** The number in the name of a checkpoint; 0 for other files. */
  private int numberOf(Path file) {
    Matcher found = name.matcher(file.getFileName().toString());
    return found.matches() ? Integer.parseInt(found.group(1)) : 0;
  }
}
