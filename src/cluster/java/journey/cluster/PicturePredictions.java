package journey.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import journey.cnn.CnnClassifier;
import journey.cnn.PicturePrediction;
import org.apache.spark.broadcast.Broadcast;

/** Each worker is sent the classifier, and asks it about its share of the pictures. */
record PicturePredictions(Cluster cluster) {

  /** Shares for each worker: a fast one takes more of them. */
  private static final int SHARES = 2;

  List<PicturePrediction> of(CnnClassifier classifier, List<Path> pictures)
      throws IOException, InterruptedException {
    if (pictures.isEmpty()) {
      return List.of();
    }
    Broadcast<byte[]> network = cluster.context().broadcast(saved(classifier));
    List<String> files = pictures.stream().map(file -> file.toAbsolutePath().toString()).toList();
    int shares = Math.min(files.size(), SHARES * cluster.size());
    try {
      return cluster.run(
          () ->
              cluster
                  .context()
                  .parallelize(files, shares)
                  .mapPartitions(share -> Task.run(() -> share(network.value(), share)))
                  .collect());
    } finally {
      network.destroy();
    }
  }

  private static byte[] saved(CnnClassifier classifier) throws IOException {
    return withFile(
        file -> {
          classifier.save(file);
          return Files.readAllBytes(file);
        });
  }

  private static Iterator<PicturePrediction> share(byte[] network, Iterator<String> files)
      throws IOException {
    try (CnnClassifier classifier =
        withFile(file -> CnnClassifier.load(Files.write(file, network)))) {
      List<PicturePrediction> predictions = new ArrayList<>();
      files.forEachRemaining(
          file -> predictions.add(PicturePrediction.of(classifier, Path.of(file))));
      return predictions.iterator();
    }
  }

  /** Networks are saved in files only. */
  private interface FileWork<T> {
    T of(Path file) throws IOException;
  }

  private static <T> T withFile(FileWork<T> work) throws IOException {
    Path file = Files.createTempFile("network", ".zip");
    try {
      return work.of(file);
    } finally {
      Files.delete(file);
    }
  }
}
