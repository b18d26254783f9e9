package journey.bench;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * How the programs that are compared talk to {@code environment/bench}: a line of JSON for a
 * request, a line for its answer. {@code src/bench/python/peers/json_lines.py} does the same.
 */
final class JsonLines {

  private static final Gson JSON = new Gson();

  private final PrintStream answers;

  private JsonLines(PrintStream answers) {
    this.answers = answers;
  }

  /** What a program makes of a request. */
  @FunctionalInterface
  interface Answering<R> {
    Map<String, ?> answer(R request) throws IOException;
  }

  /**
   * Takes the standard output for the answers: whatever a library prints must not stand between
   * them and goes to the standard error.
   */
  static JsonLines onStandardOutput() {
    PrintStream answers = System.out;
    System.setOut(System.err);
    return new JsonLines(answers);
  }

  /** Writes a line, at once. */
  void tell(Map<String, ?> message) {
    answers.println(JSON.toJson(message));
    answers.flush();
  }

  /** Says what computes, then answers requests until the standard input ends. */
  <R> void serve(String engine, Class<R> kind, Answering<R> program) throws IOException {
    tell(Map.of("engine", engine));
    var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      tell(program.answer(JSON.fromJson(line, kind)));
    }
  }
}
