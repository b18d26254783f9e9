package journey.cnn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import journey.metrics.TrainingHistory;

/**
 * How far a training has come at the end of an epoch, or of a round of an averaged one.
 *
 * @param number of the epoch or the round that has ended; 0 at the start
 * @param iterations the graph's count of updates, which Deeplearning4j's updaters look at
 * @param seconds the time the training took, without the evaluations on validation
 * @param history loss and accuracy of each epoch
 */
record TrainingState(int number, int iterations, double seconds, TrainingHistory history) {

  /** Where a training begins. */
  static TrainingState start() {
    return new TrainingState(0, 0, 0, new TrainingHistory());
  }

  Properties properties() {
    var properties = new Properties();
    properties.setProperty("epochs", "" + number);
    properties.setProperty("iterations", "" + iterations);
    properties.setProperty("seconds", "" + seconds);
    properties.setProperty("history.names", String.join("\n", history.names()));
    properties.setProperty("history.epochs", text(IntStream.of(history.epochs()).boxed()));
    for (String name : history.names()) {
      String values = text(DoubleStream.of(history.series(name)).boxed());
      properties.setProperty("history." + name, values);
    }
    return properties;
  }

  static TrainingState of(Properties properties) {
    return new TrainingState(
        Integer.parseInt(properties.getProperty("epochs")),
        Integer.parseInt(properties.getProperty("iterations")),
        Double.parseDouble(properties.getProperty("seconds")),
        history(properties));
  }

  private static TrainingHistory history(Properties properties) {
    var history = new TrainingHistory();
    if (properties.getProperty("history.epochs").isEmpty()) {
      return history;
    }
    String[] names = properties.getProperty("history.names").split("\n");
    String[] epochs = properties.getProperty("history.epochs").split(" ");
    for (int i = 0; i < epochs.length; i++) {
      Map<String, Double> measured = new LinkedHashMap<>();
      for (String name : names) {
        String[] values = properties.getProperty("history." + name).split(" ");
        measured.put(name, Double.valueOf(values[i]));
      }
      history.add(Integer.parseInt(epochs[i]), measured);
    }
    return history;
  }

  private static String text(Stream<?> numbers) {
    return numbers.map(Object::toString).collect(Collectors.joining(" "));
  }
}
