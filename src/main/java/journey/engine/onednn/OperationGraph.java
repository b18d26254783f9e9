package journey.engine.onednn;

import java.util.ArrayList;
import java.util.List;

/**
 * A network as a graph of operations that oneDNN can run.
 *
 * @param input the input's name
 * @param nodes the operations in topological order; the last one gives the output
 */
public record OperationGraph(String input, List<Node> nodes) {

  /**
   * An operation and its inputs.
   *
   * @param name of its result
   * @param inputs the names of the results it takes
   * @param operation what it does
   * @param label its name in a profile: the names of all operations it was fused from
   */
  public record Node(String name, List<String> inputs, Operation operation, String label) {

    /** An operation that was not fused from others. */
    public Node(String name, List<String> inputs, Operation operation) {
      this(name, inputs, operation, name);
    }

    private Node thawed() {
      return operation instanceof Frozen frozen
          ? new Node(name, inputs, frozen.operation(), label)
          : this;
    }

    private Node then(Node next, Operation both) {
      return new Node(next.name, inputs, both, label + " + " + next.label);
    }
  }

  /** The name of the output. */
  public String output() {
    return nodes.get(nodes.size() - 1).name();
  }

  /** Whether there is a result of this name, other than the input. */
  public boolean has(String name) {
    return nodes.stream().anyMatch(node -> node.name().equals(name));
  }

  /** The network as far as the result of this name, which becomes its output. */
  public OperationGraph upTo(String name) {
    int last = nodes.stream().map(Node::name).toList().indexOf(name);
    return new OperationGraph(input, nodes.subList(0, last + 1));
  }

  /** The same network with the operations fused that can run as one in training. */
  OperationGraph forTraining() {
    return fused(OperationGraph::fuseForTraining);
  }

  /** The same network with the operations fused that can run as one in inference. */
  OperationGraph forInference() {
    return new OperationGraph(input, nodes.stream().map(Node::thawed).toList())
        .fused(OperationGraph::fuseForInference);
  }

  private static Operation fuseForTraining(Operation first, Operation second) {
    if (first instanceof Frozen one && second instanceof Frozen two) {
      Operation both = fuseForInference(one.operation(), two.operation());
      return both == null ? null : new Frozen(both);
    }
    return first instanceof BatchNorm norm && isRelu(second) ? norm.withRelu() : null;
  }

  private static Operation fuseForInference(Operation first, Operation second) {
    if (first instanceof BatchNorm norm && isRelu(second) && !norm.relu()) {
      return norm.withRelu();
    }
    if (first instanceof Convolution convolution && convolution.weights().fuses(second)) {
      return new Convolution(
          convolution.inputs(),
          convolution.outputs(),
          convolution.window(),
          convolution.weights().with(second));
    }
    if (first instanceof Dense dense && dense.weights().fuses(second)) {
      return new Dense(dense.inputs(), dense.outputs(), dense.weights().with(second));
    }
    return null;
  }

  private static boolean isRelu(Operation operation) {
    return operation.equals(Elementwise.RELU);
  }

  private interface Fusion {
    /** One operation that does what both do one after the other; null if there is none. */
    Operation of(Operation first, Operation second);
  }

  private OperationGraph fused(Fusion fusion) {
    var done = new ArrayList<Node>();
    for (Node node : nodes) {
      Node before = onlyUse(node, done);
      Operation both = before == null ? null : fusion.of(before.operation(), node.operation());
      if (both == null) {
        done.add(node);
      } else {
        done.set(done.indexOf(before), before.then(node, both));
      }
    }
    return new OperationGraph(input, done);
  }

  /** The operation before this one, if nothing else takes its result; null otherwise. */
  private Node onlyUse(Node node, List<Node> done) {
    String taken = node.inputs().get(0);
    long uses =
        nodes.stream().flatMap(other -> other.inputs().stream()).filter(taken::equals).count();
    if (node.inputs().size() != 1 || uses != 1) {
      return null;
    }
    return done.stream().filter(other -> other.name().equals(taken)).findFirst().orElse(null);
  }
}
