package journey.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Workers that are processes, of a master that is part of this one. */
final class TestCluster {

  private TestCluster() {}

  static Cluster of(int workers) throws IOException {
    // Spark looks for its own jars there; ours are on the class path that it is given.
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    return Cluster.at("local-cluster[%d,1,1024]".formatted(workers), workers);
  }
}
