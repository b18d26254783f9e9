package journey.engine;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * By how many bytes a process grows while it trains many steps and drops many graphs. It is a
 * process of its own with a heap of fixed size, so that the heap's growth does not count.
 */
final class MemoryGrowth {

  private static final String STEPS = "journey.leak.steps";
  private static final String GRAPHS = "journey.leak.graphs";

  private MemoryGrowth() {}

  /** More with -Djourney.leak.steps=10000 -Djourney.leak.graphs=100. */
  static long measuredInAProcessOfItsOwn() throws Exception {
    String java = String.join(File.separator, System.getProperty("java.home"), "bin", "java");
    var command = new ArrayList<>(List.of(java, "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"));
    Stream.of(STEPS, GRAPHS, "org.bytedeco.javacpp.platform.extension")
        .filter(name -> System.getProperty(name) != null)
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), MemoryGrowth.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(output);
    }
    return Long.parseLong(output.strip().lines().reduce((first, last) -> last).orElseThrow());
  }

  public static void main(String[] arguments) {
    int steps = Integer.getInteger(STEPS, 300);
    int graphs = Integer.getInteger(GRAPHS, 30);
    // By then the process has what it keeps: compiled code, oneDNN's cache of primitives.
    churn(Math.max(500, steps), Math.max(60, graphs));
    long before = bytes();
    churn(steps, graphs);
    System.out.println(bytes() - before);
  }

  private static long bytes() {
    System.gc();
    return Pointer.physicalBytes();
  }

  private static void churn(int steps, int graphs) {
    DataSet data = SmallGraph.data(1, 8, 12);
    try (GraphRunner runner = GraphRunner.of(SmallGraph.of(1, SmallGraph::everything))) {
      for (int i = 0; i < steps; i++) {
        runner.step(data);
        runner.output(data.getFeatures().get(NDArrayIndex.interval(0, 1 + i % 7)));
      }
    }
    for (int i = 0; i < graphs; i++) {
      try (GraphRunner runner = GraphRunner.of(SmallGraph.of(i, SmallGraph::everything))) {
        runner.step(data);
      }
    }
  }
}
