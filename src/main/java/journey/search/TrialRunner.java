package journey.search;

/** Where the trials of a search run. */
public interface TrialRunner {

  /** How many trials may run at the same time. */
  int atOnce();

  /**
   * Runs a trial to its end; called by {@link #atOnce} threads at the same time.
   *
   * @throws InterruptedException if its thread is interrupted, which means that the search has
   *     stopped
   */
  Trial run(Suggestion suggestion, Objective objective) throws InterruptedException;

  /**
   * Here, in so many threads.
   *
   * @throws IllegalArgumentException if there is none
   */
  static TrialRunner threads(int count) {
    return new Threads(count);
  }

  /** Threads of this process. */
  record Threads(int atOnce) implements TrialRunner {

    public Threads {
      if (atOnce < 1) {
        throw new IllegalArgumentException("expected at least 1 thread, but found " + atOnce);
      }
    }

    @Override
    public Trial run(Suggestion suggestion, Objective objective) throws InterruptedException {
      return Trial.of(suggestion, objective);
    }
  }
}
