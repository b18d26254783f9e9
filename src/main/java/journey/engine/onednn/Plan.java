package journey.engine.onednn;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A network compiled for one number of examples, for training or for inference. */
public final class Plan implements AutoCloseable {

  private final Program program;
  private final Tensor input;
  private final Tensor output;

  private Plan(OperationGraph network, boolean training, Memory memory, long[] shape) {
    program = new Program(training, memory);
    input = program.external(program.plain(shape), 0);
    try {
      var compiler = new Compiler(program, network);
      output = compiler.forward(input);
      if (training) {
        compiler.backward();
      }
      program.finish();
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
  }

  /**
   * Where the network's numbers lie.
   *
   * @param parameters the address of the first parameter
   * @param gradients the address of the first parameter's gradient; 0 for inference
   * @param workspace where everything else lies during a run
   */
  public record Memory(long parameters, long gradients, Workspace workspace) {}

  /**
   * Forward and backward pass.
   *
   * @param shape of the input: examples, channels, height, width; or examples, features
   */
  public static Plan training(OperationGraph network, Memory memory, long[] shape) {
    return new Plan(network.forTraining(), true, memory, shape);
  }

  /** The forward pass, without dropout and with the running statistics. */
  public static Plan inference(OperationGraph network, Memory memory, long[] shape) {
    return new Plan(network.forInference(), false, memory, shape);
  }

  /**
   * Runs forward and backward pass and writes the parameters' gradients, summed over the examples.
   *
   * @param inputs the address of the first element
   * @param targets one row per example
   * @param seed of dropout's masks
   * @return the loss, summed over the examples
   */
  public double train(long inputs, float[] targets, long seed) {
    RunState state = program.state();
    state.targets = targets;
    state.seed = seed;
    program.move(input, inputs);
    program.run();
    return state.loss;
  }

  /**
   * Runs the forward pass.
   *
   * @param inputs the address of the first element
   * @param version of the parameters: as long as it is the same, what was made of them for an
   *     earlier call is used again
   * @return the output's elements, those of an example after those of the one before
   */
  public float[] infer(long inputs, long version) {
    program.prepareFor(version);
    program.move(input, inputs);
    program.run();
    float[] rows = output.read((int) (output.layout().bytes() / Float.BYTES));
    Reference.reachabilityFence(program);
    return rows;
  }

  /** The shape of the output, examples first. */
  public long[] outputShape() {
    return output.layout().shape();
  }

  /** Milliseconds per run of each part, a mean over all runs but the first; empty before that. */
  public Map<String, Double> milliseconds() {
    return program.milliseconds();
  }

  @Override
  public void close() {
    program.close();
  }

  /** Compiles a network into a program. */
  private static final class Compiler {

    private final Program program;
    private final OperationGraph network;
    private final Map<String, Tensor> results = new HashMap<>();
    private final Map<String, Operation.BackwardPass> backwardPasses = new HashMap<>();
    private final Set<String> needGradient = new HashSet<>();

    Compiler(Program program, OperationGraph network) {
      this.program = program;
      this.network = network;
    }

    Tensor forward(Tensor input) {
      results.put(network.input(), input);
      Tensor last = input;
      for (OperationGraph.Node node : network.nodes()) {
        program.part(node.label(), program.training() ? " forward" : "");
        var inputs = node.inputs().stream().map(results::get).toList();
        var pass = node.operation().forward(program, inputs);
        last = pass.result();
        results.put(node.name(), last);
        backwardPasses.put(node.name(), pass.backward());
        if (node.operation().hasParameters()
            || node.inputs().stream().anyMatch(needGradient::contains)) {
          needGradient.add(node.name());
        }
      }
      if (program.training()) {
        return last;
      }
      Tensor plain = program.as(program.plain(last.layout().shape()), last);
      plain.block().usedAfterwards();
      return plain;
    }

    void backward() {
      var gradients = new HashMap<String, Tensor>();
      var backwards = new ArrayList<>(network.nodes());
      Collections.reverse(backwards);
      for (OperationGraph.Node node : backwards) {
        if (needGradient.contains(node.name())) {
          program.part(node.label(), " backward");
          Tensor gradient =
              backwardPasses
                  .get(node.name())
                  .add(
                      gradients.remove(node.name()),
                      node.inputs().stream().anyMatch(needGradient::contains));
          if (gradient != null) {
            node.inputs().forEach(name -> gradients.merge(name, gradient, this::sum));
          }
        }
      }
    }

    private Tensor sum(Tensor a, Tensor b) {
      return new Addition().forward(program, List.of(a, b)).result();
    }
  }
}
