package journey.search;

import java.io.Serializable;
import journey.metrics.Estimate;

/**
 * What came of a suggestion.
 *
 * @param score the score, or null unless the trial is done
 * @param seconds how long it took
 * @param reason why there is no score, or null
 */
public record Trial(
    Suggestion suggestion, Estimate score, double seconds, State state, String reason)
    implements Serializable {

  /** How a trial ended. */
  public enum State {
    /** With a score. */
    DONE,
    /** With a score that is not finite. */
    DIVERGED,
    /** With an exception. */
    FAILED
  }

  /**
   * Tries a suggestion, here and now. A training that diverges, throws or needs more memory than
   * there is makes a trial as well.
   *
   * @throws InterruptedException if the objective does
   */
  public static Trial of(Suggestion suggestion, Objective objective) throws InterruptedException {
    long started = System.nanoTime();
    Estimate score = null;
    State state = State.DONE;
    String reason = null;
    try {
      score = objective.evaluate(suggestion);
      if (!Double.isFinite(score.value())) {
        state = State.DIVERGED;
        reason = "the score is " + score.value();
        score = null;
      }
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception | OutOfMemoryError problem) {
      score = null;
      state = State.FAILED;
      reason = problem.toString();
    }
    return new Trial(suggestion, score, (System.nanoTime() - started) / 1e9, state, reason);
  }

  /** The same trial, read from JSON, with values of the types of that space. */
  Trial in(Space space) {
    Parameters typed = space.read(parameters().values());
    var typedSuggestion = new Suggestion(number(), suggestion.seed(), typed, suggestion.resource());
    return new Trial(typedSuggestion, score, seconds, state, reason);
  }

  /** Whether it has a score. */
  public boolean isDone() {
    return state == State.DONE;
  }

  /** The value of its score; NaN if it has none. */
  public double value() {
    return isDone() ? score.value() : Double.NaN;
  }

  /** The parameters that were tried. */
  public Parameters parameters() {
    return suggestion.parameters();
  }

  /** The number of the trial, from 1. */
  public int number() {
    return suggestion.number();
  }
}
