package journey.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Values measured once an epoch while a network trains, as named series. A name is the part of the
 * data, then the measure: {@value #TRAIN_LOSS}, {@value #VALIDATION_ACCURACY}.
 *
 * <p>Not for several threads at once.
 */
public final class TrainingHistory {

  /** The loss on the training part. */
  public static final String TRAIN_LOSS = "train loss";

  /** The loss on the validation part. */
  public static final String VALIDATION_LOSS = "validation loss";

  /** The accuracy on the training part, from 0 to 1. */
  public static final String TRAIN_ACCURACY = "train accuracy";

  /** The accuracy on the validation part, from 0 to 1. */
  public static final String VALIDATION_ACCURACY = "validation accuracy";

  /** The learning rate. */
  public static final String LEARNING_RATE = "learning rate";

  private final List<Integer> epochs = new ArrayList<>();
  private final Map<String, List<Double>> series = new LinkedHashMap<>();

  /**
   * Adds an epoch's values. A series without a value for it is NaN there.
   *
   * @param epoch its number, above that of the epoch added before; 0 is for values measured before
   *     training
   * @param measured the values, by series
   * @return this history
   * @throws IllegalArgumentException if the epoch does not come after the last one
   */
  public TrainingHistory add(int epoch, Map<String, Double> measured) {
    if (!epochs.isEmpty() && epoch <= epochs.get(epochs.size() - 1)) {
      throw new IllegalArgumentException(
          "epochs must rise, but %d was added after %d. Start a new TrainingHistory for a new training"
              .formatted(epoch, epochs.get(epochs.size() - 1)));
    }
    measured.keySet().forEach(this::begin);
    epochs.add(epoch);
    series.forEach((name, values) -> values.add(measured.getOrDefault(name, Double.NaN)));
    return this;
  }

  /**
   * Adds an epoch's loss and accuracy on the training and the validation part.
   *
   * @return this history
   * @throws IllegalArgumentException if the epoch does not come after the last one
   */
  public TrainingHistory add(
      int epoch,
      double trainLoss,
      double validationLoss,
      double trainAccuracy,
      double validationAccuracy) {
    return add(epoch, measured(trainLoss, validationLoss, trainAccuracy, validationAccuracy));
  }

  /**
   * The same, and the learning rate.
   *
   * @return this history
   * @throws IllegalArgumentException if the epoch does not come after the last one
   */
  public TrainingHistory add(
      int epoch,
      double trainLoss,
      double validationLoss,
      double trainAccuracy,
      double validationAccuracy,
      double learningRate) {
    var measured = measured(trainLoss, validationLoss, trainAccuracy, validationAccuracy);
    measured.put(LEARNING_RATE, learningRate);
    return add(epoch, measured);
  }

  private static Map<String, Double> measured(
      double trainLoss, double validationLoss, double trainAccuracy, double validationAccuracy) {
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put(TRAIN_LOSS, trainLoss);
    measured.put(VALIDATION_LOSS, validationLoss);
    measured.put(TRAIN_ACCURACY, trainAccuracy);
    measured.put(VALIDATION_ACCURACY, validationAccuracy);
    return measured;
  }

  /** How many epochs were added. */
  public int size() {
    return epochs.size();
  }

  /** The numbers of the epochs, rising. */
  public int[] epochs() {
    return epochs.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The names of the series, in the order they first came. */
  public List<String> names() {
    return List.copyOf(series.keySet());
  }

  /**
   * A series' values, one for each of {@link #epochs()}; NaN where it has none.
   *
   * @throws IllegalArgumentException if there is no series of this name
   */
  public double[] series(String name) {
    return values(name).stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * A series' value for the last epoch.
   *
   * @throws IllegalArgumentException if there is no series of this name
   */
  public double last(String name) {
    List<Double> values = values(name);
    return values.get(values.size() - 1);
  }

  /**
   * The epoch with a series' highest value, the first of equally high ones.
   *
   * @throws IllegalArgumentException if there is no series of this name, or all of it is NaN
   */
  public int epochOfHighest(String name) {
    return epochs.get(positionOfHighest(name));
  }

  /**
   * A series' highest value.
   *
   * @throws IllegalArgumentException if there is no series of this name, or all of it is NaN
   */
  public double highest(String name) {
    return values(name).get(positionOfHighest(name));
  }

  private void begin(String name) {
    series.computeIfAbsent(
        name, n -> new ArrayList<>(Collections.nCopies(epochs.size(), Double.NaN)));
  }

  private int positionOfHighest(String name) {
    double[] values = series(name);
    return IntStream.range(0, values.length)
        .filter(i -> !Double.isNaN(values[i]))
        .reduce((best, i) -> values[i] > values[best] ? i : best)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "all %d values of \"%s\" are NaN".formatted(values.length, name)));
  }

  private List<Double> values(String name) {
    List<Double> values = series.get(name);
    if (values == null) {
      throw new IllegalArgumentException(
          "no series \"%s\"; there are %s".formatted(name, series.keySet()));
    }
    return values;
  }
}
