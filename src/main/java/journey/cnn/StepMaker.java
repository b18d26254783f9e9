package journey.cnn;

import journey.engine.GraphRunner;
import journey.engine.NotFiniteException;
import journey.nn.DivergedException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/** Makes the steps of a training, each at its learning rates. */
final class StepMaker {

  private final ComputationGraph graph;
  private final CnnArchitecture architecture;
  private final Recipe recipe;
  private final TrainingSteps steps;
  private final LearningRates rates;
  private final Muon muon;

  /** Takes over a graph with its initial weights. */
  StepMaker(
      ComputationGraph graph, CnnArchitecture architecture, Recipe recipe, TrainingSteps steps) {
    this.graph = graph;
    this.architecture = architecture;
    this.recipe = recipe;
    this.steps = steps;
    rates = new LearningRates(graph, recipe.schedule(), architecture, steps);
    muon = new Muon(graph, recipe.muon());
  }

  /** What moves the filters, if the graph's updater does not; it must listen to the graph. */
  Muon muon() {
    return muon;
  }

  /**
   * The next step, after so many.
   *
   * @return the loss of the batch
   * @throws DivergedException if the loss or a parameter is no longer finite
   */
  double step(GraphRunner runner, DataSet batch, int done) {
    rates.set(done);
    double loss;
    try {
      loss = runner.step(batch);
    } catch (NotFiniteException e) {
      throw diverged(e.getMessage(), done);
    }
    if (!Double.isFinite(loss)) {
      throw diverged("the loss is " + loss, done);
    }
    architecture.afterStep(graph);
    return loss;
  }

  private DivergedException diverged(String what, int done) {
    return new DivergedException(
        "%s in epoch %d, step %d of %d: the training has diverged. A smaller learning rate than that of %s may help"
            .formatted(
                what,
                done / steps.perEpoch() + 1,
                done % steps.perEpoch() + 1,
                steps.perEpoch(),
                recipe.updater()));
  }

  /** Restores the peaks of the learning rates, so that a saved configuration holds them. */
  void restorePeaks() {
    rates.restorePeaks();
  }
}
