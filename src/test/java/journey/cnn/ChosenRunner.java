package journey.cnn;

import java.util.function.Function;
import journey.engine.GraphRunner;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** What a trainer can be told to run its network by. */
enum ChosenRunner {
  PLAIN(GraphRunner::plain),
  FASTEST(GraphRunner::of);

  private final Function<ComputationGraph, GraphRunner> runners;

  ChosenRunner(Function<ComputationGraph, GraphRunner> runners) {
    this.runners = runners;
  }

  GraphRunner of(ComputationGraph graph) {
    return runners.apply(graph);
  }
}
