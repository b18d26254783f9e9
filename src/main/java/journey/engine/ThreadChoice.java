package journey.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Chooses with how many threads the next step of a training runs, from how long the last ones took.
 *
 * <p>Threads of a step wait for each other. Where another process takes one of their processors for
 * a time, all of them wait for that time, and fewer threads are faster. So when steps take clearly
 * longer than they once did, half the threads are tried, and as long as steps run with fewer
 * threads than there could be, more are tried now and then. What such trials lose against the steps
 * around them is at most {@value #SHARE} of the time. Where nothing else runs, steps do not take
 * longer, and nothing is ever tried.
 */
final class ThreadChoice {

  /** The system property, and the environment variable for programs that start a JVM. */
  static final String PROPERTY = "journey.threads";

  private static final String VARIABLE = "JOURNEY_THREADS";
  private static final String FIXED = "fixed";

  /** So much longer than the fastest step is clearly longer. */
  private static final double SLOW = 1.25;

  /** What is tried must take less than so much of the time. */
  private static final double FASTER = 0.9;

  /** The part of all time that trials may lose. */
  private static final double SHARE = 0.015;

  /** So many steps are looked at together. */
  private static final int WINDOW = 5;

  /** So many times in a row must steps be found slow, so that all that are looked at are. */
  private static final int SLOW_IN_A_ROW = 3;

  /** The most steps that are tried with fewer threads: one that is faster is enough. */
  private static final int TRIED_WITH_FEWER = 4;

  /** The most steps that are tried with more threads: one that is not faster is enough. */
  private static final int TRIED_WITH_MORE = 2;

  private final List<Count> counts = new ArrayList<>();
  private Count current;
  private Count trial;
  private final List<Double> tried = new ArrayList<>();
  private boolean fewer;
  private int slowInARow;
  private double elapsed;
  private double nextTrial;

  /** A number of threads, and the seconds of steps with it. */
  private static final class Count {
    final int threads;
    final int position;
    final Deque<Double> last = new ArrayDeque<>();
    double fastest = Double.POSITIVE_INFINITY;

    Count(int threads, int position) {
      this.threads = threads;
      this.position = position;
    }

    void add(double seconds) {
      last.add(seconds);
      if (last.size() > WINDOW) {
        last.remove();
      }
      fastest = Math.min(fastest, seconds);
    }

    double mean() {
      return last.stream().mapToDouble(each -> each).average().orElseThrow();
    }

    /** The median tells, for a single step may be slow for any reason. */
    boolean slow() {
      double median = last.stream().sorted().skip(last.size() / 2).findFirst().orElseThrow();
      return median > SLOW * fastest;
    }

    /** This is how long steps take now; slow is what is slower than that. */
    void takeForGranted() {
      fastest = last.stream().min(Double::compare).orElseThrow();
    }
  }

  /**
   * Begins with all threads.
   *
   * @param all how many threads a step can have
   * @param fixed whether all steps have them
   */
  ThreadChoice(int all, boolean fixed) {
    for (int threads = all; threads >= (fixed ? all : 1); threads /= 2) {
      counts.add(new Count(threads, counts.size()));
    }
    current = counts.get(0);
  }

  /**
   * With a free choice, unless {@code -Djourney.threads=fixed} or {@code JOURNEY_THREADS=fixed} is
   * set.
   *
   * @throws IllegalArgumentException if there is anything else
   */
  static ThreadChoice among(int all) {
    String variable = System.getenv(VARIABLE);
    return new ThreadChoice(all, isFixed(System.getProperty(PROPERTY, variable)));
  }

  private static boolean isFixed(String setting) {
    if (setting == null || setting.isBlank()) {
      return false;
    }
    if (!setting.strip().equalsIgnoreCase(FIXED)) {
      throw new IllegalArgumentException(
          "-D%s or %s is \"%s\"; it must be \"%s\", or not set"
              .formatted(PROPERTY, VARIABLE, setting, FIXED));
    }
    return true;
  }

  /** How many threads the next step should have. */
  int threads() {
    return (trial == null ? current : trial).threads;
  }

  /** Takes notice of a step with that many threads. */
  void took(double seconds) {
    elapsed += seconds;
    if (trial == null) {
      current.add(seconds);
      consider();
    } else {
      tried.add(seconds);
      judge(seconds < FASTER * current.mean());
    }
  }

  private void consider() {
    if (current.last.size() < WINDOW) {
      return;
    }
    slowInARow = current.slow() ? slowInARow + 1 : 0;
    if (elapsed < nextTrial) {
      return;
    }
    boolean canHaveFewer = current.position + 1 < counts.size() && slowInARow >= SLOW_IN_A_ROW;
    boolean canHaveMore = current.position > 0;
    if (canHaveFewer || canHaveMore) {
      // In turn where both make sense.
      fewer = canHaveFewer && !(canHaveMore && fewer);
      trial = counts.get(current.position + (fewer ? 1 : -1));
      tried.clear();
    }
  }

  /**
   * Fewer threads may need some steps until the system has found them a processor of their own.
   * More must be faster each time, for now and then the other process leaves us alone.
   */
  private void judge(boolean faster) {
    if (fewer != faster && tried.size() < (fewer ? TRIED_WITH_FEWER : TRIED_WITH_MORE)) {
      return;
    }
    double lost = tried.stream().mapToDouble(each -> each - current.mean()).sum();
    nextTrial = elapsed + Math.max(0, lost) / SHARE;
    if (faster) {
      current = trial;
    } else {
      current.takeForGranted();
    }
    current.last.clear();
    slowInARow = 0;
    trial = null;
  }
}
