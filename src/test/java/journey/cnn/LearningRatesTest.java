package journey.cnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import journey.engine.GraphRunner;
import journey.nn.LearningRateSchedule;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

class LearningRatesTest {

  private static final TrainingSteps STEPS = new TrainingSteps(64, 16, 2);

  /** The tiny network with its convolution frozen in the second epoch. */
  private record HalfFrozen(TinyCnn tiny) implements CnnArchitecture {
    @Override
    public String name() {
      return "half frozen";
    }

    @Override
    public ComputationGraphConfiguration configuration(Recipe recipe, long seed) {
      return tiny.configuration(recipe, seed);
    }

    @Override
    public double rateShare(String layer, double scheduled, double epoch) {
      return layer.equals("convolution") && epoch >= 1 ? 0 : scheduled;
    }
  }

  private static DataSet batch() {
    return new DataSet(
        Nd4j.rand(DataType.FLOAT, 16, 3, 32, 32), Nd4j.ones(DataType.FLOAT, 16, 10).divi(10));
  }

  private static double moved(ComputationGraph graph, INDArray before, String parameter) {
    return graph.getParam(parameter).distance2(before);
  }

  @Test
  void theScheduleReachesEveryKindOfUpdater() {
    for (IUpdater updater :
        new IUpdater[] {new Nesterovs(0.1), new Adam(0.1), new AMSGrad(0.1), new Sgd(0.1)}) {
      var recipe = TinyCnn.with(updater, 2, MuonSettings.NONE);
      var graph = new TinyCnn().network(recipe, 1);
      LearningRateSchedule onlySecondHalf = progress -> progress < 0.5 ? 0 : 1;
      var rates = new LearningRates(graph, onlySecondHalf, new TinyCnn(), STEPS);
      GraphRunner runner = GraphRunner.plain(graph);

      INDArray before = graph.getParam("convolution_W").dup();
      rates.set(0);
      runner.step(batch());
      // At a rate of 0 Deeplearning4j's Adam takes 1e-8.
      assertEquals(0, moved(graph, before, "convolution_W"), 1e-5, updater.toString());
      rates.set(4);
      runner.step(batch());
      assertTrue(moved(graph, before, "convolution_W") > 0, updater.toString());
      rates.restorePeaks();
      assertEquals(peaks(new TinyCnn().network(recipe, 1)), peaks(graph));
    }
  }

  private static List<Double> peaks(ComputationGraph graph) {
    return Stream.of("convolution", "norm", "output")
        .map(graph::getLayer)
        .map(layer -> ((BaseLayer) layer.conf().getLayer()).getIUpdater().getLearningRate(0, 0))
        .toList();
  }

  /** Their updaters are equal, so Deeplearning4j would run them as one block by one rate. */
  @Test
  void aLayerIsFrozenWhoseNeighbourIsNot() {
    var recipe = TinyCnn.with(new Sgd(0.1), 2, MuonSettings.NONE);
    var architecture = new HalfFrozen(new TinyCnn());
    var graph = architecture.network(recipe, 1);
    var rates = new LearningRates(graph, progress -> 1, architecture, STEPS);
    GraphRunner runner = GraphRunner.plain(graph);
    INDArray convolution = graph.getParam("convolution_W").dup();
    INDArray norm = graph.getParam("norm_beta").dup();

    rates.set(4);
    runner.step(batch());
    assertEquals(0, moved(graph, convolution, "convolution_W"), 0);
    assertTrue(moved(graph, norm, "norm_beta") > 0);
    rates.set(3);
    runner.step(batch());
    assertTrue(moved(graph, convolution, "convolution_W") > 0);
  }

  @Test
  void neighboursOfOneRateStayOneBlock() {
    var graph = new TinyCnn().network(TinyCnn.RECIPE, 1);
    int before = graph.getUpdater().getUpdaterBlocks().size();
    new LearningRates(graph, progress -> 1, new TinyCnn(), STEPS);
    assertEquals(before, graph.getUpdater().getUpdaterBlocks().size());
  }

  @Test
  void stepsCountWholeAndBrokenEpochs() {
    var airbench = new TrainingSteps(45_000, 1024, 9.9);
    assertEquals(44, airbench.perEpoch());
    assertEquals(9 * 44 + 40, airbench.total());
    assertEquals(0, airbench.endOf(0));
    assertEquals(9 * 44, airbench.endOf(9));
    assertEquals(airbench.total(), airbench.endOf(10));
    assertEquals(45_000 * 9 + 40 * 1024, airbench.picturesAfter(airbench.total()));
    assertEquals(12 * 352, new TrainingSteps(45_000, 128, 12).total());
    assertEquals(1, airbench.progress(airbench.total()));
  }
}
