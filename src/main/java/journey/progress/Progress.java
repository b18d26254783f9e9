package journey.progress;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A progress bar with speed and remaining time on standard output, in a terminal or a notebook. It
 * redraws one line twice a second.
 *
 * <p>It also notices when its thread is interrupted, which is what a notebook's stop button does.
 * Work that iterates through {@link #over} then ends in order after the current step, and {@link
 * #stopped} is true. The thread's flag is cleared, so that the rest of the cell can still show its
 * results.
 */
public final class Progress implements AutoCloseable {

  private static final int WIDTH = 100;
  private static final int REDRAW_MILLIS = 500;

  private final ProgressBar bar;
  private boolean stopped;

  private Progress(String task, long steps, String unit, long unitSize, long done) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(steps)
            .startsFrom(done, Duration.ZERO)
            .setUnit(unit, unitSize)
            .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(System.out, WIDTH))
            .build();
  }

  /** A bar for {@code steps} steps of work; {@code unit}, such as " batches", names them. */
  public static Progress of(String task, long steps, String unit) {
    return of(task, steps, unit, 0);
  }

  /** The same, of which an earlier run has done {@code done} steps. */
  public static Progress of(String task, long steps, String unit, long done) {
    return new Progress(task, steps, unit, 1, done);
  }

  /**
   * A bar for {@code bytes} bytes, shown in MB, or in kB if they are fewer than 10 MB, of which an
   * earlier run has fetched {@code done}; speed and remaining time count only the others.
   */
  public static Progress ofBytes(String task, long bytes, long done) {
    return bytes < 10_000_000
        ? new Progress(task, bytes, " kB", 1_000, done)
        : new Progress(task, bytes, " MB", 1_000_000, done);
  }

  /** The same elements, each counted as a step once it is done; ends early when interrupted. */
  public <T> Iterable<T> over(Iterable<T> elements) {
    return () -> new Counting<>(elements.iterator());
  }

  /** Whether the work should end, because its thread was interrupted. */
  public boolean stopped() {
    if (Thread.interrupted()) {
      stopped = true;
    }
    return stopped;
  }

  /** Counts one more step. */
  public void step() {
    bar.step();
  }

  /** Counts so many more steps. */
  public void stepBy(long more) {
    bar.stepBy(more);
  }

  /** Sets the number of steps done so far. */
  public void stepTo(long done) {
    bar.stepTo(done);
  }

  /** Shows a text behind the bar, such as the current loss. */
  public void message(String text) {
    bar.setExtraMessage(" " + text);
  }

  /** Prints a line that stays, and goes on below it. */
  public void say(String line) {
    System.out.printf("\r%-" + WIDTH + "s%n", line);
  }

  @Override
  public void close() {
    bar.close();
  }

  private final class Counting<T> implements Iterator<T> {

    private final Iterator<T> elements;
    private boolean started;

    Counting(Iterator<T> elements) {
      this.elements = elements;
    }

    @Override
    public boolean hasNext() {
      if (started) {
        step();
        started = false;
      }
      return !stopped() && elements.hasNext();
    }

    @Override
    public T next() {
      T element = elements.next();
      started = true;
      return element;
    }
  }
}
