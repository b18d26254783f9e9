package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import journey.engine.GraphRunner;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.ops.transforms.Transforms;

class FastCnnTest {

  private static final int BATCH = 8;
  private static final double WD = 2e-6 * 1000;

  private final Recipe recipe = Recipes.fast(10);
  private final FastCnn architecture = new FastCnn(4);
  private ComputationGraph graph;

  @BeforeEach
  void network() {
    graph = architecture.network(recipe, 1);
  }

  /**
   * The first step of Nesterov's momentum is (1 + µ)·rate·(gradient + decay/rate·parameter), here
   * with the gradient of the mean for a batch of 1000, whatever the batch really is.
   */
  @ParameterizedTest
  @CsvSource({
    "whitening_W, 0, 0",
    "whitening_b, 0.053, 1",
    "norm1_beta, 0.053, 0",
    "output_W, 0.67, 1"
  })
  void eachGroupHasItsOwnRateAndDecay(String name, double summed, double decays) {
    graph.getParam(name).addi(0.01);
    Map<String, INDArray> before = parameters();
    DataSet batch = batch();
    graph.setInputs(batch.getFeatures());
    graph.setLabels(batch.getLabels());
    graph.computeGradientAndScore();
    INDArray gradient = graph.gradient().getGradientFor(name).dup().divi(BATCH);
    graph.fit(batch);
    double rate = 1000 * summed;
    INDArray decay = before.get(name).mul(WD * decays);
    INDArray expected = gradient.mul(rate).addi(decay).muli(1.85);
    INDArray moved = before.get(name).sub(graph.getParam(name));
    double size = expected.norm2Number().doubleValue();
    assertTrue(summed == 0 || size > 0, name);
    assertEquals(0, moved.distance2(expected), 1e-3 * size, name);
  }

  private static DataSet batch() {
    INDArray targets = Nd4j.zeros(BATCH, 10);
    targets.getColumn(3).assign(1);
    return new DataSet(Nd4j.rand(BATCH, 3, 32, 32), targets);
  }

  private Map<String, INDArray> parameters() {
    var copies = new HashMap<String, INDArray>();
    graph.paramTable().forEach((name, values) -> copies.put(name, values.dup()));
    return copies;
  }

  @Test
  void afterAStepScalesAreOneAndShiftsHaveDecayed() {
    graph.getLayer("norm2").getParam("gamma").assign(1.7);
    graph.getLayer("norm2").getParam("beta").assign(2);
    architecture.afterStep(graph);
    assertEquals(Nd4j.ones(4), graph.getLayer("norm2").getParam("gamma"));
    double decay = WD / (1 - 0.85);
    assertEquals(2 * (1 - decay), graph.getLayer("norm2").getParam("beta").getDouble(1), 1e-6);
  }

  @Test
  void filtersBeginByHandingTheirInputOn() {
    INDArray filters = graph.getLayer("conv3").getParam("W");
    INDArray handedOn = filters.get(NDArrayIndex.interval(0, 4));
    assertEquals(4, handedOn.sumNumber().doubleValue());
    assertEquals(1, filters.getDouble(2, 2, 1, 1));
    INDArray others = filters.get(NDArrayIndex.interval(4, 16));
    double bound = 1 / Math.sqrt(4 * 9);
    assertTrue(others.amaxNumber().doubleValue() <= bound);
    assertTrue(others.amaxNumber().doubleValue() > 0.8 * bound);
  }

  @Test
  void logitsAreMeansOverTheFeatures() {
    Map<String, INDArray> values = graph.feedForward(batch().getFeatures(), false);
    INDArray seen = values.get("pool4").reshape(BATCH, 16);
    INDArray logits = seen.mmul(graph.getParam("output_W")).divi(16);
    INDArray expected = Transforms.softmax(logits);
    assertTrue(expected.equalsWithEps(values.get("output"), 1e-5));
  }

  @Test
  void theWeightsOfTheLastLayerHaveADeviationOfOne() {
    assertEquals(1, graph.getParam("output_W").stdNumber().doubleValue(), 1e-5);
  }

  @Test
  void theBiasOfTheWhiteningComesToRestAfterThreeEpochs() {
    assertEquals(1, architecture.rateShare("whitening", 1, 0));
    assertEquals(0.25, architecture.rateShare("whitening", 0.7, 2.25), 1e-12);
    assertEquals(0.1, architecture.rateShare("whitening", 0.1, 1), 1e-12);
    assertEquals(0, architecture.rateShare("whitening", 0.5, 3.5));
    assertEquals(0.5, architecture.rateShare("conv1", 0.5, 3.5));
  }

  /** Equal updaters of neighbouring layers share one block, and then one learning rate. */
  @Test
  void stoppingTheBiasStopsNothingElse() {
    graph.getUpdater();
    var whitening = (BaseLayer) graph.getLayer("whitening").conf().getLayer();
    ((Nesterovs) whitening.getBiasUpdater()).setLearningRate(0);
    Map<String, INDArray> before = parameters();
    graph.fit(batch());
    assertEquals(before.get("whitening_b"), graph.getParam("whitening_b"));
    assertTrue(before.get("conv1_W").distance2(graph.getParam("conv1_W")) > 0);
  }

  /** A checkerboard, where the pictures that were whitened have no differences of neighbours. */
  @Test
  void trainsWhereDeeplearning4jsGradientOfGeluIsNoNumber() {
    INDArray colours = Nd4j.rand(50, 3, 1, 1).subi(0.5).broadcast(50, 3, 32, 32);
    DataSet batch = batch();
    for (int line = 0; line < 32; line++) {
      for (int column = 0; column < 32; column++) {
        for (int channel = 0; channel < 3; channel++) {
          batch.getFeatures().putScalar(0, channel, line, column, (line + column) % 2);
        }
      }
    }
    ComputationGraph plain = architecture.network(recipe, 1, colours);
    ComputationGraph accelerated = architecture.network(recipe, 1, colours);
    double largest =
        plain.feedForward(batch.getFeatures(), false).get("whitening").maxNumber().doubleValue();
    assertTrue(largest > 26.1, "the case is one only above 26.06, not for " + largest);
    double plainLoss = lossAfterAStep(GraphRunner.plain(plain), batch);
    assertEquals(lossAfterAStep(GraphRunner.of(accelerated), batch), plainLoss, 1e-2);
  }

  private double lossAfterAStep(GraphRunner runner, DataSet batch) {
    try (runner) {
      var steps = new TrainingSteps(50_000, recipe.batchSize(), recipe.epochs());
      new LearningRates(runner.graph(), recipe.schedule(), architecture, steps).set(0);
      runner.step(batch);
      architecture.afterStep(runner.graph());
      return runner.step(batch);
    }
  }

  @Test
  void theRecipeHasTheNumbersOfItsSource() {
    assertEquals(new Nesterovs(53, 0.85), recipe.updater());
    assertEquals(1000, recipe.batchSize());
    assertEquals(0.24 * Math.sqrt(0.5), recipe.muon().rate(), 1e-12);
    assertEquals(0.6, Math.pow(recipe.muon().momentum(), 2), 1e-12);
    Recipe brief = Recipes.fast(3);
    assertEquals(new Nesterovs(26.5, 0.85), brief.updater());
    assertEquals(500, brief.batchSize());
    assertEquals(0.12, brief.muon().rate(), 1e-12);
    assertEquals(0.6, Math.pow(brief.muon().momentum(), 4), 1e-12);
    assertEquals(1, recipe.schedule().at(0));
    assertEquals(0.25, recipe.schedule().at(0.75), 1e-12);
    assertEquals(0, recipe.schedule().at(1));
  }
}
