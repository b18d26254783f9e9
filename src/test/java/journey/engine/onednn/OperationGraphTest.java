package journey.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class OperationGraphTest {

  private static final OperationGraph NETWORK =
      new OperationGraph(
          "pictures",
          List.of(
              node("conv1", "pictures", convolution()),
              node("norm1", "conv1", norm()),
              node("act1", "norm1", Elementwise.RELU),
              node("conv2", "act1", convolution()),
              node("act2", "conv2", Elementwise.GELU),
              new OperationGraph.Node("add1", List.of("act2", "act1"), new Addition())));

  private static OperationGraph.Node node(String name, String input, Operation operation) {
    return new OperationGraph.Node(name, List.of(input), operation);
  }

  private static Operation convolution() {
    var window = new Window(List.of(3, 3), List.of(1, 1), new Window.Padding.Same());
    return new Convolution(8, 8, window, new Weights(0, null));
  }

  private static Operation norm() {
    var one = new BatchNorm.Coefficient.Constant(1);
    return new BatchNorm(8, one, one, new RunningStatistics(0, 8, false, 0.9), 1e-5, false);
  }

  @Test
  void fusedOperationsAreCalledAfterAllThatTheyWereMadeOf() {
    assertEquals(
        List.of("conv1", "norm1 + act1", "conv2", "act2", "add1"), labels(NETWORK.forTraining()));
    assertEquals(
        List.of("conv1 + norm1 + act1", "conv2 + act2", "add1"), labels(NETWORK.forInference()));
  }

  @Test
  void fusedOperationsTakeWhatTheFirstTookAndGiveWhatTheLastGave() {
    List<OperationGraph.Node> joined = NETWORK.forInference().nodes();
    assertEquals(
        List.of("act1", "act2", "add1"), joined.stream().map(OperationGraph.Node::name).toList());
    assertEquals(
        List.of(List.of("pictures"), List.of("act1"), List.of("act2", "act1")),
        joined.stream().map(OperationGraph.Node::inputs).toList());
  }

  private static List<String> labels(OperationGraph network) {
    return network.nodes().stream().map(OperationGraph.Node::label).toList();
  }
}
