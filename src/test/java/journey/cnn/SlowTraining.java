package journey.cnn;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import journey.data.LabeledImages;
import journey.engine.ChosenRunner;

/** A training to be killed, in a process of its own. */
final class SlowTraining {

  static final Recipe RECIPE = TinyCnn.with(TinyCnn.RECIPE.updater(), 7.5, TinyCnn.RECIPE.muon());
  static final LabeledImages TRAIN = TinyCnn.pictures(120);
  static final LabeledImages VALIDATION = TinyCnn.pictures(40);

  /** With 8 steps an epoch, there is time to kill it within one. */
  static final int STEP_MILLIS = 40;

  private SlowTraining() {}

  static Trainer trainer(Recipe recipe, ChosenRunner runner) {
    return new Trainer(new TinyCnn(), recipe, 7).runner(runner::of);
  }

  public static void main(String[] arguments) throws IOException {
    ChosenRunner runner = ChosenRunner.valueOf(arguments[1]);
    TrainedCnn trained =
        trainer(RECIPE, runner)
            .runner(graph -> runner.of(AfterEachStep.of(graph, SlowTraining::pause)))
            .checkpoints(Path.of(arguments[0]))
            .fit(TRAIN, VALIDATION);
    System.out.println(trained.ending());
  }

  private static void pause() {
    try {
      Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it; it writes into a file beside the folder of its checkpoints. */
  static Process start(Path folder, ChosenRunner runner) throws IOException {
    return command(folder, runner)
        .redirectOutput(File.createTempFile("training", ".log", folder.getParent().toFile()))
        .start();
  }

  /**
   * Its command line.
   *
   * @param prefix a command that runs the command behind it
   */
  static ProcessBuilder command(Path folder, ChosenRunner runner, String... prefix) {
    List<String> command = new ArrayList<>(List.of(prefix));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Natives and threads must be the same, or the last digits are not.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-Dorg.") || option.startsWith("-Xmx"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SlowTraining.class.getName(),
            folder.toString(),
            runner.name()));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }
}
