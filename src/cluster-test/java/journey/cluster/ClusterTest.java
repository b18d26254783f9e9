package journey.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterTest {

  private static List<String> inTasks(Cluster cluster, String variableOrProperty)
      throws InterruptedException {
    return cluster.run(
        () ->
            cluster
                .context()
                .parallelize(List.of(variableOrProperty, variableOrProperty), 2)
                .map(name -> System.getProperty(name, System.getenv(name)))
                .collect());
  }

  @Test
  void workersAreProcessesWithTheOptionsAndVariablesOfThisOne() throws Exception {
    try (Cluster cluster = TestCluster.of(2)) {
      assertEquals(2, cluster.size());
      List<Long> processes = cluster.processes();
      assertEquals(2, processes.size());
      assertFalse(processes.contains(ProcessHandle.current().pid()));
      for (String name :
          List.of("org.bytedeco.javacpp.maxbytes", "user.language", "java.awt.headless")) {
        String ours = System.getProperty(name);
        assertEquals(List.of(ours, ours), inTasks(cluster, name));
      }
      assertEquals(List.of("1", "1"), inTasks(cluster, "OMP_NUM_THREADS"));
      assertEquals(List.of("fixed", "fixed"), inTasks(cluster, "JOURNEY_THREADS"));
      assertTrue(cluster.toString().startsWith("2 workers at local-cluster[2,1,1024], Spark "));
    }
  }

  @Test
  void tasksCanBeThreadsOfThisProcess() throws InterruptedException {
    try (Cluster cluster = Cluster.at("local[2]", 2)) {
      assertEquals(List.of(ProcessHandle.current().pid()), cluster.processes());
    }
  }

  @Test
  void aMasterThatIsNotThereIsNamedAtOnce() {
    for (String master : List.of("spark://127.0.0.1:1", "spark://nowhere")) {
      String message =
          assertThrows(IllegalStateException.class, () -> Cluster.at(master, 1)).getMessage();
      assertTrue(message.contains("nothing answers at " + master), message);
      assertTrue(message.contains("environment/cluster start"), message);
    }
    assertThrows(IllegalArgumentException.class, () -> Cluster.at("local[1]", 0));
  }

  @Test
  void anInterruptEndsAJob() throws IOException {
    try (Cluster cluster = Cluster.at("local[1]", 1)) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, cluster::processes);
      assertFalse(Thread.currentThread().isInterrupted());
    }
  }
}
