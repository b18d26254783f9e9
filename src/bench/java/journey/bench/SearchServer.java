package journey.bench;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import journey.search.BayesianSearch;
import journey.search.RandomSearch;
import journey.search.Searcher;
import journey.search.Suggestion;
import journey.search.TestFunction;
import journey.search.Trial;

/**
 * Searches for the highest points of test functions on request.
 *
 * <p>Understands the requests that {@code src/bench/python/peers/optuna_peer.py} does.
 */
public final class SearchServer {

  private SearchServer() {}

  /** A request: what is to be done, and what it takes to do that. */
  private record Request(
      String task, String searcher, String function, long seed, int trials, double[] places) {}

  /** Serves until the standard input ends. */
  public static void main(String[] arguments) throws IOException {
    JsonLines.onStandardOutput().serve("Java", Request.class, SearchServer::answer);
  }

  private static Map<String, ?> answer(Request request) throws IOException {
    var function = TestFunction.valueOf(request.function());
    return switch (request.task()) {
      case "value" -> Map.of("value", function.at(function.space().at(request.places())));
      case "search" -> search(function, request);
      default -> throw new IllegalArgumentException("there is no task " + request.task());
    };
  }

  private static Map<String, ?> search(TestFunction function, Request request) throws IOException {
    var space = function.space();
    Searcher searcher =
        switch (request.searcher()) {
          case "bayesian" -> new BayesianSearch(space, request.trials(), request.seed());
          case "random" -> new RandomSearch(space, request.trials(), request.seed());
          default ->
              throw new IllegalArgumentException("there is no searcher " + request.searcher());
        };
    long started = System.nanoTime();
    try {
      for (Optional<Suggestion> next = searcher.ask(); next.isPresent(); next = searcher.ask()) {
        searcher.tell(Trial.of(next.get(), function));
      }
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    return Map.of("regret", function.regret(searcher.recommend()), "seconds", seconds);
  }
}
