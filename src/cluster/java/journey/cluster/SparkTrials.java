package journey.cluster;

import java.util.List;
import journey.search.Objective;
import journey.search.Suggestion;
import journey.search.Trial;
import journey.search.TrialRunner;

/** Each trial is a task, which Spark runs again if its worker is lost. */
record SparkTrials(Cluster cluster) implements TrialRunner {

  @Override
  public int atOnce() {
    return cluster.size();
  }

  @Override
  public Trial run(Suggestion suggestion, Objective objective) throws InterruptedException {
    return cluster.run(
        () ->
            cluster
                .context()
                .parallelize(List.of(suggestion), 1)
                .map(each -> Task.run(() -> Trial.of(each, objective)))
                .collect()
                .get(0));
  }
}
