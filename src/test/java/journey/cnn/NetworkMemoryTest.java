package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;

class NetworkMemoryTest {

  @ParameterizedTest
  @MethodSource("journey.cnn.ArchitecturesTest#all")
  void countsWhatDeeplearning4jWillAllocate(
      CnnArchitecture architecture, Recipe recipe, long parameters) {
    assertCounts(architecture, recipe);
    assertCounts(architecture, TinyCnn.with(new Adam(0.1), 1, MuonSettings.NONE));
  }

  private static void assertCounts(CnnArchitecture architecture, Recipe recipe) {
    ComputationGraph graph = architecture.network(recipe, 1);
    NetworkMemory found = NetworkMemory.of(graph.getConfiguration());
    assertEquals(graph.numParams(), found.parameters());
    INDArray state = new ComputationGraphUpdater(graph).getStateViewArray();
    long length = state == null ? 0 : state.length();
    // A batch norm's statistics have an updater without state, and are few.
    assertTrue(
        found.updaterState() >= length && found.updaterState() - length <= graph.numParams() / 20,
        () -> "%d, not %d".formatted(found.updaterState(), length));
    assertEquals(4 * graph.numParams(), found.parameterBytes());
    assertEquals(4 * (2 * graph.numParams() + found.updaterState()), found.trainingBytes());
  }

  /** From 380 GB to numbers of parameters beyond 64 bits. */
  @ParameterizedTest
  @ValueSource(ints = {10_000, 1_000_000, (1 << 29) - 1})
  void refusesAWidthForWhichNoMachineHasTheMemory(int width) {
    var problem =
        assertThrows(
            IllegalArgumentException.class, () -> new FastCnn(width).network(Recipes.fast(8), 1));
    String message = problem.getMessage();
    assertTrue(message.contains("the network \"fast CNN\" of"), message);
    assertTrue(message.contains("needs") && message.contains("but only"), message);
    assertTrue(message.contains("choose smaller sizes"), message);
  }

  /** Four times the last two overflow. */
  @ParameterizedTest
  @ValueSource(ints = {0, -4, 1 << 29, Integer.MAX_VALUE})
  void refusesLayersWithoutOutputs(int width) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new FastCnn(width).network(Recipes.fast(8), 1))
            .getMessage();
    assertTrue(message.contains("the layer \"") && message.contains("at least 1"), message);
  }

  @Test
  void aTrainerRefusesTheSame() {
    assertThrows(
        IllegalArgumentException.class, () -> new Trainer(new FastCnn(10_000), Recipes.fast(8), 1));
  }
}
