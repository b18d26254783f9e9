package journey.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import journey.cnn.FastCnn;
import journey.cnn.Recipes;
import journey.cnn.TestTimeAugmentation;
import journey.cnn.TrainedCnn;
import journey.cnn.Trainer;
import journey.data.LabeledImages;
import journey.engine.Engine;
import journey.engine.GraphRunner;
import journey.metrics.TrainingHistory;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains the fast CNN when asked, and tells after each epoch how long it has trained and how good
 * it is, as {@code src/bench/python/peers/torch_fast_cnn.py} does.
 *
 * <p>The arguments are the network's width, on how many pictures to train, how many to validate
 * with, for how many epochs, the files with the pictures to train on and, last, the file with those
 * to test with.
 */
public final class FastCnnServer {

  private static final TestTimeAugmentation VIEWS = TestTimeAugmentation.MIRROR_AND_SHIFT;

  private final JsonLines lines;
  private final LabeledImages train;
  private final LabeledImages validation;
  private final LabeledImages test;
  private final double epochs;
  private final int width;

  private FastCnnServer(JsonLines lines, String[] arguments) throws IOException {
    this.lines = lines;
    int last = arguments.length - 1;
    width = Integer.parseInt(arguments[0]);
    Path[] files = Arrays.stream(arguments, 4, last).map(Path::of).toArray(Path[]::new);
    LabeledImages all = Workload.pictures(files);
    train = all.first(Integer.parseInt(arguments[1]));
    validation = Workload.last(all, Integer.parseInt(arguments[2]));
    epochs = Double.parseDouble(arguments[3]);
    test = Workload.pictures(Path.of(arguments[last]));
  }

  /** A request: what is to be done, and what chance follows from. */
  private record Request(String task, long seed) {}

  /** Serves until the standard input ends. */
  public static void main(String[] arguments) throws IOException {
    JsonLines lines = JsonLines.onStandardOutput();
    var server = new FastCnnServer(lines, arguments);
    lines.serve(Engine.start().toString(), Request.class, server::answer);
  }

  private Map<String, ?> answer(Request request) throws IOException {
    if (!request.task().equals("train")) {
      throw new IllegalArgumentException("there is no task " + request.task());
    }
    var clock = new TrainingClock();
    var trainer = new Trainer(new FastCnn(width), Recipes.fast(epochs), request.seed());
    trainer.testTimeAugmentation(VIEWS);
    trainer.runner(graph -> clock.watching(GraphRunner.of(graph)));
    TrainedCnn trained =
        trainer.fit(
            train,
            validation,
            epoch -> {
              lines.tell(told(epoch, clock.seconds(), trainer.history()));
              clock.goOn();
              return true;
            });
    return Map.of(
        "seconds", clock.seconds(),
        "runner", trained.runner(),
        "validation", accuracy(trained, validation),
        "test", accuracy(trained, test),
        "test_pictures", test.size());
  }

  private static Map<String, ?> told(int epoch, double seconds, TrainingHistory history) {
    return Map.of(
        "epoch",
        epoch,
        "seconds",
        seconds,
        "loss",
        history.last(TrainingHistory.TRAIN_LOSS),
        "validation",
        history.last(TrainingHistory.VALIDATION_ACCURACY));
  }

  private static double accuracy(TrainedCnn trained, LabeledImages images) {
    try (INDArray answers = trained.classifier().probabilities(images)) {
      int[] classes = answers.argMax(1).toIntVector();
      int[] labels = images.labels();
      long right = 0;
      for (int i = 0; i < classes.length; i++) {
        right += classes[i] == labels[i] ? 1 : 0;
      }
      return (double) right / classes.length;
    }
  }
}
