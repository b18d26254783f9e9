package journey.cnn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import journey.nn.LearningRateSchedule;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Moves the learning rates of a graph along a schedule. They live in the graph's configuration,
 * which Deeplearning4j reads at each update.
 */
final class LearningRates {

  /** An updater of a layer, which shares it with no other layer. */
  private record Rate(String layer, IUpdater updater, double peak) {}

  private final LearningRateSchedule schedule;
  private final CnnArchitecture architecture;
  private final TrainingSteps steps;
  private final List<Rate> rates = new ArrayList<>();

  /**
   * Takes over an untrained graph, which gets a new updater without state.
   *
   * @param schedule the rate as a share of the peak
   * @param architecture knows which layers keep to another
   */
  LearningRates(
      ComputationGraph graph,
      LearningRateSchedule schedule,
      CnnArchitecture architecture,
      TrainingSteps steps) {
    this.schedule = schedule;
    this.architecture = architecture;
    this.steps = steps;
    for (Layer layer : graph.getLayers()) {
      if (layer.conf().getLayer() instanceof BaseLayer configuration) {
        collect(layer, configuration);
      }
    }
    keepApart();
    graph.setUpdater(new ComputationGraphUpdater(graph));
    restorePeaks();
  }

  private void collect(Layer layer, BaseLayer configuration) {
    ownUpdaters(configuration);
    Set<IUpdater> found = Collections.newSetFromMap(new IdentityHashMap<>());
    for (String parameter : layer.paramTable().keySet()) {
      IUpdater updater = configuration.getUpdaterByParam(parameter);
      if (updater.hasLearningRate() && found.add(updater)) {
        String name = configuration.getLayerName();
        rates.add(new Rate(name, updater, updater.getLearningRate(0, 0)));
      }
    }
  }

  /** Layers may share an updater with each other and with the recipe, which must not change. */
  private static void ownUpdaters(BaseLayer configuration) {
    if (configuration.getIUpdater() != null) {
      configuration.setIUpdater(configuration.getIUpdater().clone());
    }
    if (configuration.getBiasUpdater() != null) {
      configuration.setBiasUpdater(configuration.getBiasUpdater().clone());
    }
  }

  /**
   * Deeplearning4j runs neighbouring layers with equal updaters as one block, at the first one's
   * rate. So rates that will differ later must differ while it makes the blocks.
   */
  private void keepApart() {
    Map<Long, Integer> numbers = new HashMap<>();
    for (Rate rate : rates) {
      int number = numbers.merge(courseOf(rate), numbers.size() + 1, (known, next) -> known);
      rate.updater().setLrAndSchedule(number, null);
    }
  }

  /** A hash of the rate in each step: of a long training, the rates themselves are too many. */
  private long courseOf(Rate rate) {
    long hash = 0;
    for (int step = 0; step < steps.total(); step++) {
      long bits = Double.doubleToLongBits(after(rate, step));
      hash = (Long.rotateLeft(hash, 5) ^ bits) * 0x9E3779B97F4A7C15L;
    }
    return hash;
  }

  /** Sets the rates for the next step, after this many. */
  void set(int done) {
    rates.forEach(rate -> rate.updater().setLrAndSchedule(after(rate, done), null));
  }

  private double after(Rate rate, int done) {
    double scheduled = schedule.at(steps.progress(done));
    return rate.peak() * architecture.rateShare(rate.layer(), scheduled, steps.epochsAfter(done));
  }

  /** Restores the peaks, so that a saved configuration holds them. */
  void restorePeaks() {
    rates.forEach(rate -> rate.updater().setLrAndSchedule(rate.peak(), null));
  }
}
