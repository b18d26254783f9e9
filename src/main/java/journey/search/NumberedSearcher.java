package journey.search;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A searcher whose random numbers depend on its seed and the number of the trial alone. So it goes
 * on in the middle of a search once it has been told the trials of the first half.
 */
abstract class NumberedSearcher implements Searcher {

  private final Space space;
  private final int trials;
  private final long seed;
  private final SortedMap<Integer, Trial> told = new TreeMap<>();
  private final SortedMap<Integer, Suggestion> running = new TreeMap<>();

  NumberedSearcher(Space space, int trials, long seed) {
    if (trials < 1) {
      throw new IllegalArgumentException("a search needs at least 1 trial, but has " + trials);
    }
    this.space = space;
    this.trials = trials;
    this.seed = seed;
  }

  /** Parameters for the trial of this number; empty while they depend on trials under way. */
  abstract Optional<Parameters> propose(int number, SplittableRandom random);

  /** The share of a whole training that the trial of this number gets. */
  double resource(int number) {
    return 1;
  }

  @Override
  public final Optional<Suggestion> ask() {
    int number = 1;
    while (told.containsKey(number) || running.containsKey(number)) {
      number++;
    }
    return number > trials ? Optional.empty() : suggest(number);
  }

  private Optional<Suggestion> suggest(int number) {
    // As data.SeededRandom has it.
    var random = new SplittableRandom(new SplittableRandom(seed).nextLong() + number);
    long seedOfTrial = random.nextInt(Integer.MAX_VALUE);
    Optional<Suggestion> next =
        propose(number, random)
            .map(values -> new Suggestion(number, seedOfTrial, values, resource(number)));
    next.ifPresent(suggestion -> running.put(number, suggestion));
    return next;
  }

  @Override
  public final void tell(Trial trial) {
    running.remove(trial.number());
    told.put(trial.number(), trial);
  }

  @Override
  public Parameters recommend() {
    return new Trials(space, List.copyOf(told.values())).best().parameters();
  }

  /** The trials that were told, by their numbers. */
  final SortedMap<Integer, Trial> told() {
    return told;
  }

  /** The suggestions under way, by their numbers. */
  final SortedMap<Integer, Suggestion> running() {
    return running;
  }

  @Override
  public final Space space() {
    return space;
  }

  @Override
  public final int trials() {
    return trials;
  }

  @Override
  public final long seed() {
    return seed;
  }

  /** What kind of search it is; the same search with more trials is the same kind. */
  @Override
  public String toString() {
    return getClass().getSimpleName();
  }
}
