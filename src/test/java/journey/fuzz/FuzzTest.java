package journey.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import journey.data.ChildProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More with {@code -Djourney.fuzz.calls=100000 -Djourney.fuzz.seed=7}. */
class FuzzTest {

  private static final String SEED = "journey.fuzz.seed";
  private static final String CALLS = "journey.fuzz.calls";

  @Test
  @Timeout(600)
  void nothingEndsTheProcessAndNoAnswerIsWrong() throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "-Xmx1g",
            // An exception that is thrown often keeps its message.
            "-XX:-OmitStackTraceInFastThrow",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=/dev/stdout"));
    Stream.of("org.bytedeco.javacpp.platform.extension", "journey.winograd")
        .filter(name -> System.getProperty(name) != null)
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Fuzz.class.getName()));
    command.add(System.getProperty(SEED, "1"));
    command.add(System.getProperty(CALLS, "2500"));
    ChildProcess.Result result = ChildProcess.java(command).end();
    List<String> lines = result.output().lines().filter(line -> !line.startsWith("call ")).toList();
    String last = result.output().lines().reduce((first, second) -> second).orElse("");
    assertTrue(last.equals(Fuzz.DONE), () -> "after " + last + "\n" + String.join("\n", lines));
    assertEquals(0, result.status());
  }
}
