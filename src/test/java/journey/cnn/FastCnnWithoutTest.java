package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import journey.cnn.FastCnnWithout.Ingredient;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

class FastCnnWithoutTest {

  private static final List<String> FILTERS =
      List.of("conv1", "conv2", "conv3", "conv4", "conv5", "conv6");

  private final Recipe recipe = Recipes.fast(10);
  private final FastCnn fast = new FastCnn(4);
  private final INDArray pictures = Nd4j.rand(20, 3, 32, 32);
  private final ComputationGraph whole = fast.network(recipe, 1, pictures);

  private ComputationGraph without(Ingredient ingredient) {
    return new FastCnnWithout(fast, ingredient).network(recipe, 1, pictures);
  }

  private static IUpdater updater(ComputationGraph graph, String layer, String parameter) {
    return ((BaseLayer) graph.getLayer(layer).conf().getLayer()).getUpdaterByParam(parameter);
  }

  @ParameterizedTest
  @EnumSource
  void everythingElseBeginsAsInTheWholeNetwork(Ingredient ingredient) {
    ComputationGraph graph = without(ingredient);
    for (String name : graph.paramTable().keySet()) {
      boolean changed = ingredient == Ingredient.WHITENING && name.equals("whitening_W");
      boolean added = ingredient == Ingredient.BATCH_NORM && name.matches("conv\\d_b");
      if (!changed && !added) {
        assertEquals(whole.getParam(name), graph.getParam(name), name);
      }
    }
    INDArray begun = graph.getParam("whitening_W");
    assertEquals(ingredient != Ingredient.WHITENING, begun.equals(whole.getParam("whitening_W")));
  }

  @ParameterizedTest
  @EnumSource
  void everythingElseLearnsAsInTheWholeNetwork(Ingredient ingredient) {
    ComputationGraph graph = without(ingredient);
    for (String layer : FILTERS) {
      boolean same = updater(whole, layer, "W").equals(updater(graph, layer, "W"));
      assertEquals(ingredient != Ingredient.MUON, same, layer);
    }
    for (String parameter : List.of("W", "b")) {
      boolean same =
          updater(whole, "whitening", parameter).equals(updater(graph, "whitening", parameter));
      assertEquals(ingredient != Ingredient.WHITENING || parameter.equals("b"), same, parameter);
    }
    assertEquals(updater(whole, "output", "W"), updater(graph, "output", "W"));
  }

  @Test
  void withoutBatchNormThereIsABiasForEachFilter() {
    ComputationGraph graph = without(Ingredient.BATCH_NORM);
    assertFalse(graph.paramTable().keySet().stream().anyMatch(name -> name.startsWith("norm")));
    for (String layer : FILTERS) {
      INDArray bias = graph.getParam(layer + "_b");
      assertEquals(graph.getParam(layer + "_W").size(0), bias.length());
      assertEquals(0, bias.amaxNumber().doubleValue());
      assertEquals(recipe.updater(), updater(graph, layer, "b"));
    }
  }

  @Test
  void withoutWhiteningTheFirstFiltersAreMuons() {
    ComputationGraph graph = without(Ingredient.WHITENING);
    assertEquals(new Sgd(recipe.muon().rate()), updater(graph, "whitening", "W"));
    var architecture = new FastCnnWithout(fast, Ingredient.WHITENING);
    assertEquals(0.5, architecture.rateShare("whitening", 0.5, 5), "they go on to the end");
    var other = new FastCnnWithout(fast, Ingredient.MUON);
    assertEquals(0, other.rateShare("whitening", 0.5, 5), "their bias comes to rest");
  }

  /** airbench94: a rate of 11.5 for 1,024 pictures and a momentum of 0.85, decoupled. */
  @Test
  void withoutMuonFiltersHaveTheRateOfTheSource() {
    var rule = (Nesterovs) updater(without(Ingredient.MUON), "conv3", "W");
    assertEquals(1000 * 11.5 / (1024 * (1 + 1 / 0.15)), rule.getLearningRate(), 1e-9);
    assertEquals(0.85, rule.getMomentum());
  }

  @ParameterizedTest
  @EnumSource
  void itLearns(Ingredient ingredient) throws IOException {
    Recipe brief = TinyCnn.with(new Nesterovs(1, 0.85), 1, new MuonSettings(0.1, 0.6));
    var trainer = new Trainer(new FastCnnWithout(fast, ingredient), brief, 1);
    INDArray before = trainer.graph().getParam("conv4_W").dup();
    TrainedCnn trained = trainer.fit(TinyCnn.pictures(64), TinyCnn.pictures(20));
    assertEquals(TrainedCnn.Ending.COMPLETE, trained.ending());
    assertTrue(Double.isFinite(trained.history().last("train loss")));
    assertNotEquals(before, trainer.graph().getParam("conv4_W"));
    assertEquals("fast CNN without " + ingredient, new FastCnnWithout(fast, ingredient).name());
  }
}
