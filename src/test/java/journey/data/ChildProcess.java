package journey.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Java in a process of its own. */
public final class ChildProcess {

  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /** How it ended, and what it wrote on both standard streams. */
  public record Result(int status, String output) {}

  /**
   * Starts {@code java} with these arguments.
   *
   * @param prefix a command that runs the command behind it
   */
  public static ChildProcess java(List<String> arguments, String... prefix) throws IOException {
    return start(arguments, prefix);
  }

  /**
   * Starts a process that reads CIFAR-10 for the project in this folder and says what it found.
   *
   * @param prefix a command that runs the command behind it
   */
  static ChildProcess load(Path home, String... prefix) throws IOException {
    return start(
        List.of(
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-Djava.awt.headless=true",
            "-Djourney.home=" + home,
            "-cp",
            System.getProperty("java.class.path"),
            ChildProcess.class.getName()),
        prefix);
  }

  private static ChildProcess start(List<String> arguments, String... prefix) throws IOException {
    List<String> command = new ArrayList<>(Arrays.asList(prefix));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("JOURNEY_") || name.matches("(?i)https?_proxy"));
    return new ChildProcess(builder.start());
  }

  /** What {@link #load} runs. */
  public static void main(String[] arguments) {
    System.out.println(Cifar10.load().description());
  }

  public Result end() throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError("the process did not end: " + output);
    }
    return new Result(process.exitValue(), output);
  }

  /** Ends it without giving it a chance to tidy up. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
