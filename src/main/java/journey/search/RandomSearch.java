package journey.search;

import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Draws parameters at random. With few parameters that matter among many, it tries a new value of
 * each of those in every trial, where a grid tries the same few values again and again.
 *
 * @see <a href="https://jmlr.org/papers/v13/bergstra12a.html">J. Bergstra, Y. Bengio, Random Search
 *     for Hyper-Parameter Optimization, JMLR 13 (2012)</a>
 */
public final class RandomSearch extends NumberedSearcher {

  /**
   * A search.
   *
   * @throws IllegalArgumentException if there is no trial
   */
  public RandomSearch(Space space, int trials, long seed) {
    super(space, trials, seed);
  }

  @Override
  Optional<Parameters> propose(int number, SplittableRandom random) {
    return Optional.of(space().draw(random));
  }
}
