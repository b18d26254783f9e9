package journey.search;

import java.util.Optional;

/**
 * Chooses which parameters to try: {@link #ask} it for a suggestion, {@link #tell} it what came of
 * it. Several suggestions may be under way at the same time.
 *
 * <p>Not for several threads at once.
 */
public interface Searcher {

  /** What it chooses from. */
  Space space();

  /** How many trials it makes in all. */
  int trials();

  /** The same seed and the same trials told make the same suggestions. */
  long seed();

  /**
   * The next suggestion; empty if there is none before a trial that is under way has ended, or,
   * with none under way, no more at all.
   */
  Optional<Suggestion> ask();

  /** Takes in a trial: one it asked for, or one of an earlier search from the same seed. */
  void tell(Trial trial);

  /**
   * The parameters to go on with: those of the best score, unless the searcher knows better.
   *
   * @throws IllegalStateException if no trial of a whole training has a score yet
   */
  Parameters recommend();
}
