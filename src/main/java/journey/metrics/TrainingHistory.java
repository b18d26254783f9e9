package journey.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * Figures taken once an epoch while a network trains, each a named series. A name is the part of
 * the data, then the measure: {@value #TRAIN_LOSS}, {@value #VALIDATION_ACCURACY}.
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

  private final List<Integer> epochs = new ArrayList<>();
  private final Map<String, List<Double>> series = new LinkedHashMap<>();

  /**
   * Adds an epoch's figures. A series that has no figure for it is NaN there.
   *
   * @param epoch its number, above that of the epoch added before; 0 is for figures taken before
   *     training
   * @param figures the figures, by series
   * @return this history
   * @throws IllegalArgumentException if the epoch does not come after the last one
   */
  public TrainingHistory add(int epoch, Map<String, Double> figures) {
    if (!epochs.isEmpty() && epoch <= epochs.get(epochs.size() - 1)) {
      throw new IllegalArgumentException(
          "epochs must rise, but %d was added after %d. Start a new TrainingHistory for a new training"
              .formatted(epoch, epochs.get(epochs.size() - 1)));
    }
    figures.keySet().forEach(this::begin);
    epochs.add(epoch);
    series.forEach((name, values) -> values.add(figures.getOrDefault(name, Double.NaN)));
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
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(TRAIN_LOSS, trainLoss);
    figures.put(VALIDATION_LOSS, validationLoss);
    figures.put(TRAIN_ACCURACY, trainAccuracy);
    figures.put(VALIDATION_ACCURACY, validationAccuracy);
    return add(epoch, figures);
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
   * A series' figures, one for each of {@link #epochs()}; NaN where it has none.
   *
   * @throws IllegalArgumentException if there is no series of this name
   */
  public double[] series(String name) {
    return values(name).stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * A series' figure for the last epoch.
   *
   * @throws IllegalArgumentException if there is no series of this name
   */
  public double last(String name) {
    List<Double> values = values(name);
    return values.get(values.size() - 1);
  }

  /**
   * The epoch with a series' lowest figure, the first of equally low ones.
   *
   * @throws IllegalArgumentException if there is no series of this name, or all of it is NaN
   */
  public int epochOfLowest(String name) {
    return epochs.get(positionOf(name, Math::min));
  }

  /**
   * The epoch with a series' highest figure, the first of equally high ones.
   *
   * @throws IllegalArgumentException if there is no series of this name, or all of it is NaN
   */
  public int epochOfHighest(String name) {
    return epochs.get(positionOf(name, Math::max));
  }

  /**
   * A series' lowest figure.
   *
   * @throws IllegalArgumentException if there is no series of this name, or all of it is NaN
   */
  public double lowest(String name) {
    return values(name).get(positionOf(name, Math::min));
  }

  /**
   * A series' highest figure.
   *
   * @throws IllegalArgumentException if there is no series of this name, or all of it is NaN
   */
  public double highest(String name) {
    return values(name).get(positionOf(name, Math::max));
  }

  /** One row an epoch: its number, then a column for each series. */
  public Table table() {
    Table table = Table.create(IntColumn.create("epoch", epochs()));
    series.forEach((name, values) -> table.addColumns(DoubleColumn.create(name, series(name))));
    return table;
  }

  private void begin(String name) {
    series.computeIfAbsent(
        name,
        n -> {
          Double[] missing = new Double[epochs.size()];
          Arrays.fill(missing, Double.NaN);
          return new ArrayList<>(Arrays.asList(missing));
        });
  }

  private int positionOf(String name, DoubleBinaryOperator better) {
    double[] values = series(name);
    double best =
        Arrays.stream(values)
            .filter(v -> !Double.isNaN(v))
            .reduce(better)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "all %d figures of \"%s\" are NaN".formatted(values.length, name)));
    return IntStream.range(0, values.length)
        .filter(i -> values[i] == best)
        .findFirst()
        .orElseThrow();
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
