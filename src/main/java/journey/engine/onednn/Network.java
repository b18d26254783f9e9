package journey.engine.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A network as pieces that oneDNN can run.
 *
 * @param input the input's name
 * @param nodes the pieces, each after those whose results it takes; the last one is the output
 */
public record Network(String input, List<Node> nodes) {

  /**
   * A piece and what it takes.
   *
   * @param name of its result
   * @param inputs the names of what it takes
   * @param piece what it does
   * @param label what it is called where its time is told: the names of all that it was made of
   */
  public record Node(String name, List<String> inputs, Piece piece, String label) {

    /** A piece that was not joined from others. */
    public Node(String name, List<String> inputs, Piece piece) {
      this(name, inputs, piece, name);
    }

    private Node then(Node next, Piece both) {
      return new Node(next.name, inputs, both, label + " + " + next.label);
    }
  }

  /** The same network with pieces joined that can run as one in training. */
  Network forTraining() {
    return joined(
        (first, second) ->
            first instanceof BatchNorm norm && isRelu(second) ? norm.withRelu() : null);
  }

  /** The same network with pieces joined that can run as one outside of training. */
  Network forInference() {
    return joined(Network::joinForInference);
  }

  private static Piece joinForInference(Piece first, Piece second) {
    if (first instanceof BatchNorm norm && isRelu(second) && !norm.relu()) {
      return norm.withRelu();
    }
    if (first instanceof Convolution convolution && convolution.affine().takes(second)) {
      return new Convolution(
          convolution.inputs(),
          convolution.outputs(),
          convolution.window(),
          convolution.affine().with(second));
    }
    if (first instanceof Dense dense && dense.affine().takes(second)) {
      return new Dense(dense.inputs(), dense.outputs(), dense.affine().with(second));
    }
    return null;
  }

  private static boolean isRelu(Piece piece) {
    return piece.equals(new Elementwise(Nonlinearity.RELU));
  }

  private interface Join {
    /** One piece that does what both do after each other; null if there is none. */
    Piece of(Piece first, Piece second);
  }

  private Network joined(Join join) {
    var done = new ArrayList<Node>();
    for (Node node : nodes) {
      Node before = onlyUse(node, done);
      Piece both = before == null ? null : join.of(before.piece(), node.piece());
      if (both == null) {
        done.add(node);
      } else {
        done.set(done.indexOf(before), before.then(node, both));
      }
    }
    return new Network(input, done);
  }

  /** The piece before this one, if nothing else takes its result. */
  private Node onlyUse(Node node, List<Node> done) {
    String taken = node.inputs().get(0);
    long uses =
        nodes.stream().flatMap(other -> other.inputs().stream()).filter(taken::equals).count();
    if (node.inputs().size() != 1 || uses != 1) {
      return null;
    }
    return done.stream().filter(other -> other.name().equals(taken)).findFirst().orElse(null);
  }

  /** The pieces, one per line, for error messages. */
  @Override
  public String toString() {
    return nodes.stream().map(Node::toString).collect(Collectors.joining("\n"));
  }
}
