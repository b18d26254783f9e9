package journey.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionTest implements NeedsOneDnn {

  private static final int MOST_CHANNELS = 20;
  private static final int SIDE = 8;

  /** Which numbers of channels oneDNN has machine code for depends on the processor. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void noNumberOfChannelsIsLeftToTheReference(int kernel) {
    for (int inputs = 1; inputs <= MOST_CHANNELS; inputs++) {
      for (int outputs = 1; outputs <= MOST_CHANNELS; outputs++) {
        assertEquals(List.of(), byReference(kernel, inputs, outputs));
      }
    }
  }

  private static List<String> byReference(int kernel, int inputs, int outputs) {
    var window = new Window(List.of(kernel, kernel), List.of(1, 1), new Window.Padding.Same());
    var convolution = new Convolution(inputs, outputs, window, new Weights(0, null));
    try (var workspace = new Workspace(bytes -> {});
        var program = new Program(true, new Plan.Memory(0, 0, workspace))) {
      Tensor x = program.tensor(program.plain(2, inputs, SIDE, SIDE));
      program.part(inputs + " to " + outputs, "");
      var pass = convolution.forward(program, List.of(x));
      Tensor dy = program.tensor(program.plain(2, outputs, SIDE, SIDE));
      pass.backward().add(dy, true);
      return program.byReference();
    }
  }
}
