package journey.engine;

import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** What a network can be run by. */
public enum ChosenRunner {
  PLAIN(GraphRunner::plain),
  FASTEST(GraphRunner::of);

  private final Function<ComputationGraph, GraphRunner> runners;

  ChosenRunner(Function<ComputationGraph, GraphRunner> runners) {
    this.runners = runners;
  }

  public GraphRunner of(ComputationGraph graph) {
    return runners.apply(graph);
  }
}
