package journey.engine.onednn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network written down as primitives for one number of examples, for training or for inference.
 */
public final class Plan implements AutoCloseable {

  private final Program program;
  private final StepInput step = new StepInput();
  private final Tensor input;
  private final Tensor output;

  private Plan(Network network, boolean training, Memory memory, long[] shape) {
    program = new Program(memory.workspace());
    var stage = new Stage(program, training, memory.parameters(), memory.gradients(), step);
    input = program.external(program.plain(shape), 0);
    try {
      var writer = new Writer(stage, network);
      output = writer.forward(input);
      if (training) {
        writer.backward();
      }
      program.finish();
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
  }

  /**
   * Where a network's parameters are.
   *
   * @param parameters the address of the first
   * @param gradients the address of the first one's gradient; 0 for inference
   * @param workspace what it may use while it runs
   */
  public record Memory(long parameters, long gradients, Workspace workspace) {}

  /**
   * Forward and backward pass.
   *
   * @param shape of the input: examples, channels, height, width; or examples, numbers
   */
  public static Plan training(Network network, Memory memory, long[] shape) {
    return new Plan(network.forTraining(), true, memory, shape);
  }

  /** The forward pass, without dropout and with the running statistics. */
  public static Plan inference(Network network, Memory memory, long[] shape) {
    return new Plan(network.forInference(), false, memory, shape);
  }

  /**
   * Runs forward and backward pass and writes the parameters' gradients, summed over the examples.
   *
   * @param inputs the address of the first number
   * @param targets one row per example
   * @param randomness what dropout's masks follow from
   * @return the loss, summed over the examples
   */
  public double train(long inputs, float[] targets, long randomness) {
    step.set(targets, randomness);
    run(inputs);
    return step.loss();
  }

  /** Runs the forward pass; returns one row per example. */
  public float[] infer(long inputs) {
    run(inputs);
    return output.read((int) (output.layout().bytes() / Float.BYTES));
  }

  private void run(long inputs) {
    program.move(input, inputs);
    program.run();
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

  /** Writes a network into a stage. */
  private static final class Writer {

    private final Stage stage;
    private final Network network;
    private final Map<String, Tensor> results = new HashMap<>();
    private final Map<String, Piece.Step> steps = new HashMap<>();
    private final Set<String> needGradient = new HashSet<>();

    Writer(Stage stage, Network network) {
      this.stage = stage;
      this.network = network;
    }

    Tensor forward(Tensor input) {
      results.put(network.input(), input);
      Tensor last = input;
      for (Network.Node node : network.nodes()) {
        stage.program().part(node.label() + (stage.training() ? " forward" : ""));
        var step = node.piece().forward(stage, node.inputs().stream().map(results::get).toList());
        last = step.result();
        results.put(node.name(), last);
        steps.put(node.name(), step);
        if (node.piece().hasParameters()
            || node.inputs().stream().anyMatch(needGradient::contains)) {
          needGradient.add(node.name());
        }
      }
      if (!stage.training()) {
        last.block().usedAfterwards();
      }
      return last;
    }

    void backward() {
      var gradients = new HashMap<String, Tensor>();
      var backwards = new ArrayList<>(network.nodes());
      Collections.reverse(backwards);
      for (Network.Node node : backwards) {
        if (needGradient.contains(node.name())) {
          stage.program().part(node.label() + " backward");
          List<Tensor> each =
              steps
                  .get(node.name())
                  .backward(
                      gradients.remove(node.name()),
                      node.inputs().stream().anyMatch(needGradient::contains));
          for (int i = 0; i < each.size(); i++) {
            gradients.merge(node.inputs().get(i), each.get(i), this::sum);
          }
        }
      }
    }

    private Tensor sum(Tensor a, Tensor b) {
      return new Addition().forward(stage, List.of(a, b)).result();
    }
  }
}
