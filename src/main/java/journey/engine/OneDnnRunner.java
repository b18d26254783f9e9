package journey.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import journey.engine.onednn.OneDnn;
import journey.engine.onednn.OperationGraph;
import journey.engine.onednn.Plan;
import journey.engine.onednn.Workers;
import journey.engine.onednn.Workspace;
import journey.memory.Allocation;
import journey.memory.MainMemory;
import journey.memory.Threads;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs a whole graph by oneDNN, forward and backward, on the graph's own parameters. The update is
 * left to the graph's own updater.
 *
 * <p>Dropout's masks follow from the graph's seed and iteration count alone, so training that is
 * resumed from a saved graph sees the masks that it would have seen.
 */
final class OneDnnRunner extends GuardedRunner {

  /**
   * For training one on all threads and one on fewer; for inference one for full batches, the last
   * batch, a single example.
   */
  private static final int MOST_PLANS = 6;

  static {
    Workers.follow(Threads::used, Threads::use);
  }

  private final OperationGraph operations;
  private final Map<PlanKey, Plan> plans = new LinkedHashMap<>(8, 0.75f, true);
  private final Map<List<Long>, ThreadChoice> choices = new HashMap<>();
  private final Workspace workspace =
      new Workspace(
          bytes ->
              Allocation.require(bytes, "what a network computes with so many examples at once"));
  private final ParameterVersion version = new ParameterVersion();

  /**
   * @throws UnsupportedGraphException if a part of the graph is not supported; the message names it
   */
  OneDnnRunner(ComputationGraph graph) throws UnsupportedGraphException {
    super(graph);
    operations = GraphReader.read(graph);
  }

  /** What a plan was made for and is valid for. */
  private record PlanKey(
      boolean training, String output, List<Long> shape, Plan.Memory memory, int threads) {}

  @Override
  double train(DataSet batch) {
    ThreadChoice choice =
        choices.computeIfAbsent(
            shape(batch.getFeatures()), shape -> ThreadChoice.among(Threads.available()));
    Threads.use(choice.threads());
    try {
      return train(batch, choice);
    } finally {
      Threads.use(Threads.available());
    }
  }

  private static List<Long> shape(INDArray array) {
    return Arrays.stream(array.shape()).boxed().toList();
  }

  private double train(DataSet batch, ThreadChoice choice) {
    ComputationGraph graph = graph();
    if (graph.getFlattenedGradients() == null) {
      graph.initGradientsView();
    }
    if (batch.hasMaskArrays()) {
      throw new IllegalArgumentException(
          "oneDNN acceleration does not support masks; GraphRunner.plain(graph) does");
    }
    INDArray inputs = dense(batch.getFeatures());
    float[] targets = dense(batch.getLabels()).ravel().toFloatVector();
    INDArray parameters = graph.params();
    INDArray gradients = graph.getFlattenedGradients();
    var memory =
        new Plan.Memory(MainMemory.address(parameters), MainMemory.address(gradients), workspace);
    Plan plan = plan(true, operations.output(), inputs, memory);
    requireTargets(batch.getLabels().shape(), plan.outputShape());
    long started = System.nanoTime();
    double sum = plan.train(MainMemory.address(inputs), targets, seed());
    MainMemory.keep(inputs, parameters, gradients);
    long examples = inputs.size(0);
    double loss = sum / examples;
    graph.setScore(loss + graph.calcRegularizationScore(true));
    update((int) examples);
    choice.took((System.nanoTime() - started) / 1e9);
    return loss;
  }

  private static void requireTargets(long[] targets, long[] outputs) {
    if (!Arrays.equals(targets, outputs)) {
      throw new IllegalArgumentException(
          "the targets must have the outputs' shape %s, but they are %s"
              .formatted(Arrays.toString(outputs), Arrays.toString(targets)));
    }
  }

  /** The seed for the next step's random numbers. */
  private long seed() {
    return graph().conf().getSeed() * 1_000_003 + graph().getIterationCount();
  }

  /** Does what Deeplearning4j's stochastic gradient descent does. */
  private void update(int examples) {
    ComputationGraph graph = graph();
    var configuration = graph.getConfiguration();
    int iteration = configuration.getIterationCount();
    int epoch = configuration.getEpochCount();
    INDArray gradients = graph.getFlattenedGradients();
    graph.getListeners().forEach(listener -> listener.onGradientCalculation(graph));
    graph
        .getUpdater()
        .update(
            new DefaultGradient(gradients),
            iteration,
            epoch,
            examples,
            LayerWorkspaceMgr.noWorkspaces());
    INDArray parameters = graph.params();
    parameters.subi(gradients.reshape(parameters.shape()));
    graph.getListeners().forEach(listener -> listener.iterationDone(graph, iteration, epoch));
    configuration.setIterationCount(iteration + 1);
  }

  @Override
  INDArray infer(INDArray inputs) {
    return infer(operations.output(), inputs);
  }

  @Override
  INDArray infer(String vertex, INDArray inputs) {
    if (!operations.has(vertex)) {
      // It hands on what it gets.
      return PlainRunner.activations(graph(), vertex, inputs);
    }
    Threads.use(Threads.available());
    INDArray dense = dense(inputs);
    INDArray parameters = graph().params();
    long now = version.of(parameters, () -> Finite.requireParameters(graph()));
    var memory = new Plan.Memory(MainMemory.address(parameters), 0, workspace);
    Plan plan = plan(false, vertex, dense, memory);
    float[] values = plan.infer(MainMemory.address(dense), now);
    MainMemory.keep(dense, parameters);
    return Nd4j.createFromArray(values).reshape(plan.outputShape());
  }

  private static INDArray dense(INDArray array) {
    INDArray floats = array.castTo(DataType.FLOAT);
    return floats.ordering() == 'c' && Shape.hasDefaultStridesForShape(floats)
        ? floats
        : floats.dup('c');
  }

  private Plan plan(boolean training, String output, INDArray inputs, Plan.Memory memory) {
    long[] shape = inputs.shape();
    // oneDNN divides some of the work when a plan is made.
    var key = new PlanKey(training, output, shape(inputs), memory, Threads.used());
    Plan known = plans.get(key);
    if (known != null) {
      return known;
    }
    while (plans.size() >= MOST_PLANS) {
      var oldest = plans.entrySet().iterator();
      oldest.next().getValue().close();
      oldest.remove();
    }
    Plan made = make(training, output, memory, shape);
    plans.put(key, made);
    return made;
  }

  private Plan make(boolean training, String output, Plan.Memory memory, long[] shape) {
    try {
      return training
          ? Plan.training(operations, memory, shape)
          : Plan.inference(operations.upTo(output), memory, shape);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "the network cannot be run on inputs of shape %s: %s"
              .formatted(Arrays.toString(shape), e.getMessage()),
          e);
    }
  }

  @Override
  public Map<String, Double> milliseconds() {
    Map<String, Double> last = Map.of();
    for (Plan plan : plans.values()) {
      last = plan.milliseconds();
    }
    return last;
  }

  @Override
  public String description() {
    return OneDnn.describe() + " directly (" + OneDnn.instructions() + ")";
  }

  @Override
  void release() {
    plans.values().forEach(Plan::close);
    plans.clear();
    version.close();
    workspace.close();
  }
}
