package journey.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import journey.metrics.Estimate;
import journey.search.Objective;
import journey.search.RandomSearch;
import journey.search.Study;
import journey.search.Suggestion;
import journey.search.TestFunction;
import journey.search.Trial;
import journey.search.TrialRunner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkTrialsTest {

  private static Cluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = TestCluster.of(2);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static List<Trial> search(TrialRunner runner, Objective objective, int trials) {
    var searcher = new RandomSearch(TestFunction.BRANIN.space(), trials, 3);
    return new Study("a search", searcher, objective).in(runner).run().list();
  }

  @Test
  void aSearchFindsWhatItFindsHere() {
    assertEquals(2, cluster.trials().atOnce());
    List<Trial> here = search(TrialRunner.threads(1), TestFunction.BRANIN, 6);
    List<Trial> there = search(cluster.trials(), TestFunction.BRANIN, 6);
    for (int i = 0; i < 6; i++) {
      assertEquals(here.get(i).suggestion(), there.get(i).suggestion());
      assertEquals(here.get(i).score(), there.get(i).score());
    }
  }

  /** Ends its process in the second trial, unless that has happened before. */
  private record Deadly(String mark) implements Objective {
    @Override
    public Estimate evaluate(Suggestion suggestion) throws IOException {
      if (suggestion.number() == 2 && !Files.exists(Path.of(mark))) {
        Files.createFile(Path.of(mark));
        Runtime.getRuntime().halt(1);
      }
      return Estimate.mean(new double[] {suggestion.number(), suggestion.number()});
    }
  }

  @Test
  void theTrialOfALostWorkerRunsAgain(@TempDir Path folder) throws InterruptedException {
    List<Long> before = cluster.processes();
    List<Trial> trials = search(cluster.trials(), new Deadly(folder.resolve("mark").toString()), 4);
    assertTrue(Files.exists(folder.resolve("mark")));
    assertEquals(List.of(1., 2., 3., 4.), trials.stream().map(Trial::value).toList());
    List<Long> after = cluster.processes();
    assertTrue(!after.equals(before), before + " are the workers before and after");
  }

  /** Of a trial that fails, the reason travels back. */
  private record Failing() implements Objective {
    @Override
    public Estimate evaluate(Suggestion suggestion) throws IOException {
      throw new IOException("no such data");
    }
  }

  @Test
  void aTrialThatFailsIsAResult() {
    Trial trial = search(cluster.trials(), new Failing(), 1).get(0);
    assertEquals(Trial.State.FAILED, trial.state());
    assertEquals("java.io.IOException: no such data", trial.reason());
  }
}
