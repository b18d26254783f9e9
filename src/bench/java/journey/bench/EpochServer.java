package journey.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import journey.engine.Engine;

/**
 * Trains and predicts on request, so that whole epochs can be timed in turn with another program's
 * without the start of a JVM in between.
 *
 * <p>Takes a request per line on the standard input and gives an answer per line on the standard
 * output, both in JSON; {@code src/bench/python/peers/numpy_peer.py} understands the same requests.
 * The arguments are the files with the pictures, how many of them to train on, and how many to
 * predict.
 */
public final class EpochServer {

  private static final int BATCH = 64;

  private final Workload workload;
  private Contestant contestant;

  private EpochServer(Workload workload) {
    this.workload = workload;
  }

  /** A request: what is to be done, and what it takes to do that. */
  private record Request(
      String task,
      String weights,
      String activation,
      String optimizer,
      double learningRate,
      int epoch,
      String order,
      int batches) {}

  /** Serves until the standard input ends. */
  public static void main(String[] arguments) throws IOException {
    JsonLines lines = JsonLines.onStandardOutput();
    Path[] files = Arrays.stream(arguments).skip(2).map(Path::of).toArray(Path[]::new);
    var workload =
        Workload.read(files, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    var server = new EpochServer(workload);
    lines.serve(Engine.start().toString(), Request.class, server::answer);
  }

  private Map<String, ?> answer(Request request) throws IOException {
    switch (request.task()) {
      case "build" -> contestant = build(request);
      case "order" -> workload.writeOrder(request.epoch(), BATCH, Path.of(request.order()));
      case "epoch" -> {
        return seconds(() -> contestant.epoch(request.epoch(), request.batches()));
      }
      case "predict" -> {
        return seconds(() -> contestant.predict());
      }
      case "loss" -> {
        return Map.of("loss", contestant.loss());
      }
      case "profile" -> {
        return Map.of("microseconds", contestant.profile(request.epoch()));
      }
      default -> throw new IllegalArgumentException("there is no task " + request.task());
    }
    return Map.of();
  }

  private Contestant build(Request request) throws IOException {
    return new Contestant(
        workload,
        BATCH,
        Path.of(request.weights()),
        request.activation(),
        request.optimizer(),
        request.learningRate());
  }

  private static Map<String, Double> seconds(Runnable work) {
    long started = System.nanoTime();
    work.run();
    return Map.of("seconds", (System.nanoTime() - started) / 1e9);
  }
}
