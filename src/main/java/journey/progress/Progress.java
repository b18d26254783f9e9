package journey.progress;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar with speed and the time still to go, on standard output, for a terminal as for a
 * notebook: it redraws one line, four times a second at most.
 */
public final class Progress implements AutoCloseable {

  private static final int WIDTH = 100;
  private static final Duration REDRAW = Duration.ofMillis(250);

  private final ProgressBar bar;

  private Progress(ProgressBar bar) {
    this.bar = bar;
  }

  /** A bar for {@code steps} steps of work, which {@code unit} names (" batches"). */
  public static Progress of(String task, long steps, String unit) {
    return of(task, steps, unit, 1);
  }

  /** A bar for {@code bytes} bytes, shown in MB. */
  public static Progress ofBytes(String task, long bytes) {
    return of(task, bytes, " MB", 1_000_000);
  }

  private static Progress of(String task, long steps, String unit, long unitSize) {
    PrintStream out = System.out;
    return new Progress(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(steps)
            .setUnit(unit, unitSize)
            .showSpeed()
            .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
            .setUpdateIntervalMillis((int) REDRAW.toMillis())
            .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
            .build());
  }

  /** One step more is done. */
  public void step() {
    bar.step();
  }

  /** So many steps are done in all. */
  public void stepTo(long done) {
    bar.stepTo(done);
  }

  /** What stands behind the bar, such as the current loss. */
  public void message(String text) {
    bar.setExtraMessage(text);
  }

  @Override
  public void close() {
    bar.close();
  }
}
