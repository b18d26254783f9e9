package journey.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import journey.engine.Engine;

/**
 * Trains and asks CNNs on request, so that they can be timed in turn with another program's without
 * the start of a JVM in between.
 *
 * <p>Understands the requests that {@code src/bench/python/peers/torch_peer.py} does. Holds one
 * network at a time, the one that was built last.
 */
public final class CnnServer {

  private CnnContestant contestant;

  private CnnServer() {}

  /** A request: what is to be done, and what it takes to do that. */
  private record Request(
      String task, int width, boolean accelerated, String weights, String data, int steps) {}

  /** Serves until the standard input ends. */
  public static void main(String[] arguments) throws IOException {
    JsonLines lines = JsonLines.onStandardOutput();
    lines.serve(Engine.start().toString(), Request.class, new CnnServer()::answer);
  }

  private Map<String, ?> answer(Request request) throws IOException {
    return switch (request.task()) {
      case "weights" -> {
        CnnContestant.writeWeights(request.width(), Path.of(request.weights()));
        yield Map.of();
      }
      case "build" -> {
        forget();
        contestant =
            new CnnContestant(request.width(), request.accelerated(), Path.of(request.data()));
        yield Map.of("runs", contestant.description());
      }
      case "forget" -> {
        forget();
        yield Map.of();
      }
      case "losses" -> Map.of("losses", contestant.losses(request.steps()));
      case "train" -> seconds(() -> contestant.train(request.steps()));
      case "infer" -> seconds(() -> contestant.infer(request.steps()));
      case "profile" -> Map.of("milliseconds", contestant.profile(request.steps()));
      default -> throw new IllegalArgumentException("there is no task " + request.task());
    };
  }

  private void forget() {
    if (contestant != null) {
      contestant.close();
      contestant = null;
    }
  }

  private static Map<String, Double> seconds(Runnable work) {
    long started = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - started) / 1e9;
    // What plain Deeplearning4j leaves lies outside the heap, where nothing hurries to free it.
    System.gc();
    return Map.of("seconds", seconds);
  }
}
