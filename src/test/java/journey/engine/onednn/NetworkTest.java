package journey.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NetworkTest {

  private static final Network NETWORK =
      new Network(
          "pictures",
          List.of(
              node("conv1", "pictures", convolution()),
              node("norm1", "conv1", norm()),
              node("act1", "norm1", new Elementwise(Nonlinearity.RELU)),
              node("conv2", "act1", convolution()),
              node("act2", "conv2", new Elementwise(Nonlinearity.GELU)),
              new Network.Node("add1", List.of("act2", "act1"), new Addition())));

  private static Network.Node node(String name, String input, Piece piece) {
    return new Network.Node(name, List.of(input), piece);
  }

  private static Piece convolution() {
    var window = new Window(List.of(3, 3), List.of(1, 1), new Window.Padding.Same());
    return new Convolution(8, 8, window, Affine.of(0, OptionalLong.empty()));
  }

  private static Piece norm() {
    var one = new BatchNorm.Coefficient.Constant(1);
    return new BatchNorm(8, one, one, new RunningStatistics(0, 8, false, 0.9), 1e-5, false);
  }

  @Test
  void joinedPiecesAreCalledAfterAllThatTheyWereMadeOf() {
    assertEquals(
        List.of("conv1", "norm1 + act1", "conv2", "act2", "add1"), labels(NETWORK.forTraining()));
    assertEquals(
        List.of("conv1 + norm1 + act1", "conv2 + act2", "add1"), labels(NETWORK.forInference()));
  }

  @Test
  void joinedPiecesTakeWhatTheFirstTookAndGiveWhatTheLastGave() {
    List<Network.Node> joined = NETWORK.forInference().nodes();
    assertEquals(List.of("act1", "act2", "add1"), joined.stream().map(Network.Node::name).toList());
    assertEquals(
        List.of(List.of("pictures"), List.of("act1"), List.of("act2", "act1")),
        joined.stream().map(Network.Node::inputs).toList());
  }

  private static List<String> labels(Network network) {
    return network.nodes().stream().map(Network.Node::label).toList();
  }
}
