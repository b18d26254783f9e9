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

  /** Starts {@code java} with these arguments. */
  public static ChildProcess java(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(javaCommand()));
    command.addAll(arguments);
    return new ChildProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private static String javaCommand() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * Starts {@link FetchData} for the project in this folder.
   *
   * @param journeyData what {@code JOURNEY_DATA} holds
   * @param prefix a command that runs the command behind it
   */
  static ChildProcess start(Path home, String journeyData, String... prefix) throws IOException {
    List<String> command = new ArrayList<>(Arrays.asList(prefix));
    command.addAll(
        List.of(
            javaCommand(),
            "-XX:-UsePerfData",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-Djava.awt.headless=true",
            "-D" + ProjectHome.PROPERTY + "=" + home,
            "-cp",
            System.getProperty("java.class.path"),
            FetchData.class.getName()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put(CifarSearch.VARIABLE, journeyData);
    return new ChildProcess(builder.start());
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
