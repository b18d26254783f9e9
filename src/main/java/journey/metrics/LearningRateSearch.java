package journey.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What came out of trying several learning rates for several optimisers: the accuracy of each trial
 * on validation. A trial that diverged has NaN.
 *
 * <p>Not for several threads at once.
 */
public final class LearningRateSearch {

  private final Map<String, NavigableMap<Double, Double>> trials = new LinkedHashMap<>();

  /**
   * Adds a trial.
   *
   * @param accuracy on validation, from 0 to 1, or NaN if the training diverged
   * @return this search
   * @throws IllegalArgumentException if the learning rate is not positive and finite, was tried for
   *     this optimiser already, or the accuracy is neither NaN nor from 0 to 1
   */
  public LearningRateSearch add(String optimiser, double learningRate, double accuracy) {
    if (!(learningRate > 0) || Double.isInfinite(learningRate) || accuracy < 0 || accuracy > 1) {
      throw new IllegalArgumentException(
          "%s: expected a positive learning rate and an accuracy from 0 to 1, but they are %s and %s"
              .formatted(optimiser, learningRate, accuracy));
    }
    var rates = trials.computeIfAbsent(optimiser, name -> new TreeMap<>());
    if (rates.putIfAbsent(learningRate, accuracy) != null) {
      throw new IllegalArgumentException(
          "%s was tried with the learning rate %s already".formatted(optimiser, learningRate));
    }
    return this;
  }

  /** The optimisers, in the order they first came. */
  public List<String> optimisers() {
    return List.copyOf(trials.keySet());
  }

  /**
   * The learning rates tried for an optimiser, rising.
   *
   * @throws IllegalArgumentException if the optimiser was not tried
   */
  public double[] learningRates(String optimiser) {
    return of(optimiser).keySet().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * The accuracies of an optimiser, one for each of its {@link #learningRates}; NaN where the
   * training diverged.
   *
   * @throws IllegalArgumentException if the optimiser was not tried
   */
  public double[] accuracies(String optimiser) {
    return of(optimiser).values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * The learning rate with the best accuracy, the lowest of equally good ones.
   *
   * @throws IllegalArgumentException if the optimiser was not tried, or diverged every time
   */
  public double best(String optimiser) {
    return bestTrial(optimiser).getKey();
  }

  /**
   * The best accuracy.
   *
   * @throws IllegalArgumentException if the optimiser was not tried, or diverged every time
   */
  public double bestAccuracy(String optimiser) {
    return bestTrial(optimiser).getValue();
  }

  /**
   * Whether the best learning rate is the lowest or the highest one tried. Then a better one may
   * lie beyond, and the search should go on there.
   *
   * @throws IllegalArgumentException if the optimiser was not tried, or diverged every time
   */
  public boolean endsAtBest(String optimiser) {
    double best = best(optimiser);
    return best == of(optimiser).firstKey() || best == of(optimiser).lastKey();
  }

  /**
   * One row a trial: optimiser, learning rate, validation accuracy; a missing value if diverged.
   */
  public Table table() {
    var optimiser = StringColumn.create("optimiser");
    var rate = StringColumn.create("learning rate");
    var accuracy = DoubleColumn.create("validation accuracy");
    trials.forEach(
        (name, rates) ->
            rates.forEach(
                (learningRate, value) -> {
                  optimiser.append(name);
                  rate.append(LearningRate.text(learningRate));
                  accuracy.append(value);
                }));
    return Table.create(optimiser, rate, accuracy);
  }

  private Map.Entry<Double, Double> bestTrial(String optimiser) {
    return of(optimiser).entrySet().stream()
        .filter(trial -> !Double.isNaN(trial.getValue()))
        .reduce((best, next) -> next.getValue() > best.getValue() ? next : best)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s diverged with every learning rate of %s; try lower ones"
                        .formatted(optimiser, of(optimiser).keySet())));
  }

  private NavigableMap<Double, Double> of(String optimiser) {
    NavigableMap<Double, Double> rates = trials.get(optimiser);
    if (rates == null) {
      throw new IllegalArgumentException(
          "\"%s\" was not tried; there are %s".formatted(optimiser, trials.keySet()));
    }
    return rates;
  }
}
