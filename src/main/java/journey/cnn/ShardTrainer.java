package journey.cnn;

import java.util.Iterator;
import journey.data.LabeledImages;
import journey.data.MiniBatches;
import journey.data.Targets;
import journey.engine.GraphRunner;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A worker of an {@link AveragedTraining}, with its share of the pictures. What it does in a step
 * follows from the state it begins with and the number of the step, so another can do it again.
 *
 * <p>For one thread at a time.
 */
public final class ShardTrainer implements AutoCloseable {

  private final INDArray rows;
  private final ComputationGraph graph;
  private final TrainingSteps steps;
  private final StepMaker stepMaker;
  private final MiniBatches batches;
  private final GraphRunner runner;
  private Iterator<DataSet> pass;
  private int next = -1;

  ShardTrainer(ShardTraining training, int worker, LabeledImages shard) {
    Recipe recipe = training.recipe();
    long seed = training.seed() + worker;
    graph = training.architecture().network(recipe, seed);
    steps = new TrainingSteps(shard.size(), recipe.batchSize(), recipe.epochs());
    stepMaker = new StepMaker(graph, training.architecture(), recipe, steps);
    graph.addListeners(stepMaker.muon());
    rows = training.preprocessing().apply(shard);
    batches =
        new MiniBatches(
                rows.reshape(shard.shape().batch(shard.size())),
                Targets.oneHot(shard, recipe.labelSmoothing()),
                recipe.batchSize(),
                seed)
            .augmented(recipe.augmentation(), seed);
    runner = GraphRunner.of(graph);
  }

  /** Where it stands; at first with initial weights of its own. */
  public NetworkState state() {
    return NetworkState.of(graph, stepMaker.muon(), 0, 0);
  }

  /**
   * Goes on from a state by the next steps.
   *
   * @param done how many steps of the training lie before
   * @param until how many will, when this returns
   * @return the state then, and what was lost on the way from this one
   * @throws InterruptedException if the thread is interrupted
   * @throws journey.nn.DivergedException if the loss or a parameter is no longer finite
   */
  public NetworkState train(NetworkState from, int done, int until) throws InterruptedException {
    from.into(graph, stepMaker.muon());
    graph.getConfiguration().setIterationCount(done);
    double lossSum = 0;
    long examples = 0;
    for (int step = done; step < until; step++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("a worker was interrupted in a round");
      }
      DataSet batch = batch(step);
      lossSum += stepMaker.step(runner, batch, step) * batch.numExamples();
      examples += batch.numExamples();
    }
    return NetworkState.of(graph, stepMaker.muon(), lossSum, examples);
  }

  /** The batch of a step; those before it in its epoch are passed over where need be. */
  private DataSet batch(int step) {
    int inEpoch = step % steps.perEpoch();
    if (step != next || inEpoch == 0) {
      pass = batches.epoch(step / steps.perEpoch() + 1).iterator();
      for (int i = 0; i < inEpoch; i++) {
        pass.next();
      }
    }
    next = step + 1;
    return pass.next();
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    runner.close();
    graph.close();
    rows.close();
  }
}
