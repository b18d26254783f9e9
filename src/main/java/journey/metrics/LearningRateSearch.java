package journey.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * The results of trying several learning rates for several methods of training, such as optimizers:
 * the validation accuracy of each trial, NaN for a trial that diverged.
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
   *     this method before, or the accuracy is neither NaN nor from 0 to 1
   */
  public LearningRateSearch add(String method, double learningRate, double accuracy) {
    if (!(learningRate > 0) || Double.isInfinite(learningRate) || accuracy < 0 || accuracy > 1) {
      throw new IllegalArgumentException(
          "%s: expected a positive learning rate and an accuracy from 0 to 1, but they are %s and %s"
              .formatted(method, learningRate, accuracy));
    }
    var rates = trials.computeIfAbsent(method, name -> new TreeMap<>());
    if (rates.putIfAbsent(learningRate, accuracy) != null) {
      throw new IllegalArgumentException(
          "%s was tried with the learning rate %s already".formatted(method, learningRate));
    }
    return this;
  }

  /**
   * The learning rate with the best accuracy, the lowest of equally good ones.
   *
   * @throws IllegalArgumentException if the method was not tried, or diverged every time
   */
  public double best(String method) {
    return of(method).entrySet().stream()
        .filter(trial -> !Double.isNaN(trial.getValue()))
        .reduce((best, next) -> next.getValue() > best.getValue() ? next : best)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s diverged with every learning rate of %s; try lower ones"
                        .formatted(method, of(method).keySet())))
        .getKey();
  }

  /**
   * The accuracy with the best learning rate. It was chosen among several, so it is a little too
   * good to stand for the method.
   *
   * @throws IllegalArgumentException if the method was not tried, or diverged every time
   */
  public double bestAccuracy(String method) {
    return of(method).get(best(method));
  }

  /**
   * Whether the best learning rate is the lowest or the highest one tried. Then a better one may
   * lie beyond, and the search should go on there.
   *
   * @throws IllegalArgumentException if the method was not tried, or diverged every time
   */
  public boolean endsAtBest(String method) {
    double best = best(method);
    return best == of(method).firstKey() || best == of(method).lastKey();
  }

  /**
   * One row a trial, the learning rates of each method rising: method, learning rate, validation
   * accuracy, which is missing where the training diverged.
   */
  public Table table() {
    var method = StringColumn.create("method");
    var rate = DoubleColumn.create("learning rate");
    var accuracy = DoubleColumn.create("validation accuracy");
    trials.forEach(
        (name, rates) ->
            rates.forEach(
                (learningRate, value) -> {
                  method.append(name);
                  rate.append(learningRate);
                  accuracy.append(value);
                }));
    return Table.create(method, rate, accuracy);
  }

  private NavigableMap<Double, Double> of(String method) {
    NavigableMap<Double, Double> rates = trials.get(method);
    if (rates == null) {
      throw new IllegalArgumentException(
          "\"%s\" was not tried; there are %s".formatted(method, trials.keySet()));
    }
    return rates;
  }
}
