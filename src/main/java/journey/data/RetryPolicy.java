package journey.data;

import java.time.Duration;

/**
 * How often a download is tried, and how long it waits between two attempts: each time twice as
 * long as before.
 *
 * @param attempts attempts in a row that may bring nothing before an address is given up
 * @param firstPause the wait after the first of them
 * @param longestPause no wait is longer
 * @param sleeper what waits
 */
record RetryPolicy(int attempts, Duration firstPause, Duration longestPause, Sleeper sleeper) {

  /** Waits for a time; tests put in one that does not. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration pause) throws InterruptedException;
  }

  RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts is " + attempts + "; it must be at least 1");
    }
  }

  /** Three attempts without success, with pauses of one and two seconds. */
  static RetryPolicy standard() {
    return new RetryPolicy(
        3, Duration.ofSeconds(1), Duration.ofSeconds(30), pause -> Thread.sleep(pause.toMillis()));
  }

  /** The wait after so many attempts in a row that brought nothing. */
  Duration pauseAfter(int fruitless) {
    Duration pause = firstPause;
    for (int i = 1; i < fruitless && pause.compareTo(longestPause) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }

  /** Waits after so many attempts in a row that brought nothing. */
  void pause(int fruitless) throws InterruptedException {
    sleeper.sleep(pauseAfter(fruitless));
  }
}
